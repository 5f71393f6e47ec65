/** The story of an order as rows: stays, holds, lamps, and what is usual. */
import * as assert from 'uvu/assert';
import type { TimelineItem } from '../../gateways/contract/timeline.ts';
import { barOf, type P95Of, type Row, rowsOf, TICK } from '../../web/ui/timeline-rows.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('rows of a timeline');
const MIN = 60_000;
const begin = Date.parse('2026-03-02T08:00:00.000Z');
const after = (minutes: number): number => begin + minutes * MIN;
let version = 0;
const item = (minute: number, type: string, to?: TimelineItem['to'], from?: TimelineItem['from']): TimelineItem => ({
  version: ++version,
  at: new Date(after(minute)).toISOString(),
  type,
  by: {},
  ...(to === undefined ? {} : { to }),
  ...(from === undefined ? {} : { from }),
});

const STORY: readonly TimelineItem[] = [
  item(0, 'submitted', 'SUBMITTED'),
  item(1, 'priced', 'PRICE_CALCULATED'),
  item(5, 'priority-set'),
  item(19, 'approved', 'MANUFACTURING_APPROVED'),
  item(70, 'captured'),
  item(77, 'manufacturing-started', 'MANUFACTURING_STARTED'),
  item(90, 'held'),
  item(112, 'resumed'),
];
const USUAL: Readonly<Record<string, number>> = {
  SUBMITTED: 3 * MIN,
  MANUFACTURING_APPROVED: 35 * MIN,
  MANUFACTURING_STARTED: 70 * MIN,
};
const usual: P95Of = (status) => USUAL[status];
const of = (rows: readonly Row[], type: string): Row => rows.find((one) => one.item.type === type)!;
const rows = rowsOf(STORY, usual, after(163));
const row = (type: string): Row => of(rows, type);

test('the newest stands first, and each status lasts until the next one', () => {
  assert.is(rows[0]!.item.type, 'resumed');
  assert.is(row('submitted').ms, MIN);
  assert.is(row('priced').ms, 18 * MIN, 'what changes no status ends none');
  assert.is(row('approved').ms, 58 * MIN);
  assert.is(row('captured').ms, 7 * MIN);
  assert.is(row('held').ms, 22 * MIN);
  assert.is(row('resumed').ms, undefined, 'over at once');
  assert.is(row('priority-set').ms, undefined);
});

test('each stay has how much of it was on hold, and when', () => {
  assert.equal(row('manufacturing-started').held, [{ from: 13 * MIN, to: 35 * MIN }]);
  assert.is(row('manufacturing-started').heldMs, 22 * MIN);
  assert.is(row('approved').heldMs, 0);
});

test('only the present status goes on, and a hold that goes on goes on in it', () => {
  assert.equal(
    rows.filter(({ open }) => open).map(({ item: { type } }) => type),
    ['manufacturing-started'],
  );
  const held = rowsOf(STORY.slice(0, -1), usual, after(100));
  assert.equal(
    held.filter(({ open }) => open).map(({ item: { type } }) => type),
    ['held', 'manufacturing-started'],
  );
  assert.equal([of(held, 'held').ms, of(held, 'manufacturing-started').heldMs], [10 * MIN, 10 * MIN]);
});

test('what is longer than 95 of 100 is over its tick, and time on hold does not count against it', () => {
  assert.is(row('approved').over, true);
  assert.ok(barOf(row('approved'))!.length > TICK);
  const started = row('manufacturing-started');
  assert.is(started.ms, 86 * MIN);
  assert.is(started.over, false, '64 of 86 minutes were work');
  assert.is(of(rowsOf(STORY, usual, after(170)), 'manufacturing-started').over, true, '71 minutes of work');
  assert.is(started.lamp, 'flow');
});

test('a bar and its holds never leave the axis, and where nothing is usual there is none', () => {
  const long = rowsOf(STORY, usual, after(9_000)).map(barOf);
  for (const bar of long)
    for (const place of [bar?.length ?? 0, ...(bar?.held ?? []).flatMap(({ from, to }) => [from, to])])
      assert.ok(place >= 0 && place <= 1, String(place));
  assert.is(barOf(rowsOf([STORY[0]!], usual, after(9_000))[0]!)!.length, 1);
  assert.is(barOf(row('priced')), undefined);
  assert.not(rowsOf(STORY, () => undefined, after(9_000)).some((one) => one.over || barOf(one) !== undefined));
  assert.is(barOf(rowsOf(STORY, () => 0, after(163))[0]!), undefined);
});

test('an order that has ended lasts no longer', () => {
  const ended = rowsOf([...STORY, item(120, 'cancelled', 'CANCELLED', 'MANUFACTURING_STARTED')], usual, after(999));
  assert.is(ended[0]!.ms, undefined);
  assert.not(ended.some(({ open }) => open));
});

test('a hold that is never resumed ends with the order', () => {
  const story = [...STORY.slice(0, -1), item(120, 'cancelled', 'CANCELLED', 'MANUFACTURING_STARTED')];
  const ended = rowsOf(story, usual, after(999));
  assert.equal([of(ended, 'held').ms, of(ended, 'manufacturing-started').heldMs], [30 * MIN, 30 * MIN]);
});
