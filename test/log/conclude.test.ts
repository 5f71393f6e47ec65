import * as assert from 'uvu/assert';
import { conclude } from '../../src/log/conclude.ts';
import type { LookUpLine } from '../../src/log/pipeline.ts';
import type { Waiting } from '../../src/log/row-queue.ts';
import { spec } from '../_kit/spec.ts';
import { newRow, next } from './new-row.ts';

const test = spec('why a row was not taken');

const first = newRow();
const row = next(first, { takes: ['slot:anna:1'], at: '2026-01-01T00:00:00.123Z', hash: 'h' });
const waiting = (doubted = false): Waiting => ({
  row,
  encoded: { row, body: '', sizes: [] },
  lane: '',
  until: 0,
  resolve: () => undefined,
  reject: () => undefined,
  settled: false,
  sent: true,
  doubted,
  tries: 0,
});
const nothing: LookUpLine = {
  i: 0,
  mine_version: null,
  mine_hash: null,
  mine_at: null,
  mine_after: null,
  mine_state_version: null,
  head: 1,
  head_command: first.commandId,
  held: null,
};
const stored = {
  mine_version: 2,
  mine_hash: 'h',
  mine_at: new Date(row.at),
  mine_after: { a: 1 },
  mine_state_version: 1,
};

test('its command id stands in the log: mine, whatever else is true', () => {
  const found = { ...nothing, ...stored, head: 9, held: { 'slot:anna:1': row.actor } };
  const mine = { result: 'mine', version: 2, hash: 'h', after: { a: 1 }, stateVersion: 1, own: false };
  assert.equal(conclude(waiting(), found), mine);
});

test('own: only after an attempt in doubt, and only the very same row', () => {
  const own = (doubted: boolean, over: Partial<LookUpLine> = {}): unknown => {
    const concluded = conclude(waiting(doubted), { ...nothing, ...stored, ...over });
    return concluded !== 'again' && concluded.result === 'mine' && concluded.own;
  };
  assert.is(own(true), true);
  assert.is(own(false), false);
  assert.is(own(true, { mine_at: new Date('2026-01-01T00:00:00.124Z') }), false);
  assert.is(own(true, { mine_hash: 'other' }), false);
  assert.is(own(true, { mine_version: 3 }), false);
});

test('the head is not its predecessor: lost, before any claim', () => {
  const held = { 'slot:anna:1': first.actor };
  assert.equal(conclude(waiting(), { ...nothing, head: 2, held }), { result: 'lost' });
  assert.equal(conclude(waiting(), { ...nothing, head: null, head_command: null, held }), { result: 'lost' });
  assert.equal(conclude(waiting(), { ...nothing, head_command: row.commandId, held }), { result: 'lost' });
});

test('a name is held: the claim is taken, by whom', () => {
  const concluded = conclude(waiting(), { ...nothing, held: { 'slot:anna:1': first.actor } });
  assert.equal(concluded, { result: 'claim', held: new Map([['slot:anna:1', first.actor]]) });
});

test('nothing stands in its way any more: the same row again', () => {
  assert.is(conclude(waiting(), nothing), 'again');
});
