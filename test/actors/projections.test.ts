import * as assert from 'uvu/assert';
import { card } from '../../actors/order/card.ts';
import { change, timeline, told } from '../../actors/order/change.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import { order } from '../../actors/order/order.ts';
import { project } from '../../actors/order/project.ts';
import { heard } from '../../actors/order/retold.ts';
import { orderRow } from '../../actors/order/row.ts';
import { recentKey, urgentKey } from '../../actors/order/sort-keys.ts';
import { applyItems } from '../../src/runtime/apply.ts';
import type { AnyDefinition } from '../../src/runtime/judge.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, atMinute, given, MINUTE } from './given.ts';
import { logOf } from './log.ts';
import {
  APPROVED,
  BO,
  CANCELLED,
  CAPTURED,
  COMPLETED,
  created,
  held,
  MODEL,
  OLGA,
  PRICE_CALCULATED,
  PRICE_FAILED,
  STARTED,
  STARTED_ALONE,
} from './world.ts';

const test = spec('projections of an order');
const newest = (story: readonly OrderEvent[]) => logOf(story).at(-1)!;

test('before it is approved an order stands on no board', () => {
  for (const row of logOf(PRICE_CALCULATED)) assert.equal(project(row).places, []);
});

test('an approved order stands in lane new of its site', () => {
  const [place, ...more] = project(newest(APPROVED)).places;
  assert.equal(more, []);
  assert.is(place!.board, 'north');
  assert.is(place!.lane, 'new');
  assert.equal(place!.card, {
    order: ACTOR,
    number: '1-00042',
    version: 5,
    lane: 'new',
    status: 'MANUFACTURING_APPROVED',
    epoch: 0,
    title: 'ring.stl',
    material: 'silver-925',
    finish: 'polished',
    quantity: 1,
    priority: 0,
    due: '2026-03-09T08:04:00.000Z',
    capture: null,
    handOver: null,
    hold: null,
    cancellation: null,
    thumb: `/api/models/${MODEL.id}/thumb`,
    waiting: { for: 'operators', reason: 'to-capture', since: atMinute(4) },
    updatedAt: atMinute(4),
  });
});

test('lanes follow the work', () => {
  const lane = (story: readonly OrderEvent[]) => project(newest(story)).places[0]!.lane;
  assert.equal([CAPTURED, STARTED, STARTED_ALONE, COMPLETED].map(lane), ['in_work', 'in_work', 'in_work', 'made']);
});

test('an order that left the board says so in every later row', () => {
  const [place] = project(newest(CANCELLED)).places;
  assert.equal([place!.lane, place!.card], [null, null]);
  const later = { ...newest(CANCELLED), version: 9, was: order.was(newest(CANCELLED).after) };
  assert.is(project(later).places[0]!.lane, null);
});

test('a move between sites gives two places', () => {
  const row = newest(APPROVED);
  const moved = { ...row, version: 6, was: order.was(row.after), after: { ...row.after, site: 'south' } };
  assert.equal(
    project(moved).places.map(({ board, lane }) => [board, lane]),
    [
      ['north', null],
      ['south', 'new'],
    ],
  );
});

test('a capture hints at its slot, a release takes the hint back', () => {
  const hint = { kind: 'operator', holder: OLGA.id, slot: 1 };
  assert.equal(project(newest(CAPTURED)).held, [{ ...hint, held: true }]);
  assert.equal(project(newest(STARTED)).held, [{ ...hint, held: true }]);
  assert.equal(project(newest(STARTED_ALONE)).held, [{ ...hint, held: false }]);
  assert.equal(project(newest(COMPLETED)).held, [{ ...hint, held: false }]);
  assert.equal(project(newest(APPROVED)).held, []);
});

test('keys sort as text: by change, and by priority, due and id', () => {
  const { state } = given(order, ...APPROVED);
  const late = { ...state, updatedAt: new Date(Date.parse(state.updatedAt) + 1).toISOString() };
  assert.ok(recentKey(state) < recentKey(late));
  assert.is(recentKey(state).length, 9 + ACTOR.length);
  const { due: _, ...undated } = state;
  const urgent = { ...state, priority: 3, due: '2027-01-01T00:00:00.000Z' };
  const sorted = [undated, state, urgent].map(urgentKey).toSorted();
  assert.equal(sorted, [urgentKey(urgent), urgentKey(state), urgentKey(undated)]);
  assert.is(new Set(sorted.map((key) => key.length)).size, 1);
});

test('the row of the SQL view is flat and says what the order says', () => {
  const row = orderRow(newest(CAPTURED));
  const { after } = newest(CAPTURED);
  assert.equal(row, {
    id: ACTOR,
    number: '1-00042',
    reference: null,
    site: 'north',
    status: 'MANUFACTURING_APPROVED',
    lane: 'in_work',
    tenant: 'house',
    owner: BO.id,
    version: 6,
    waiting_for: 'holder',
    due: '2026-03-09T08:04:00.000Z',
    priority: 0,
    recent: recentKey(after),
    urgent: urgentKey(after),
    model: after.model.id,
    card: card(after, 6),
    created_at: atMinute(0),
    updated_at: atMinute(5),
  });
  const early = orderRow(logOf([created])[0]!);
  assert.equal([early.lane, early.card, early.due], [null, null, null]);
});

test('watchers are told enough to render without the log', () => {
  const row = newest(CAPTURED);
  const message = told(row);
  assert.equal(message.by, { role: OLGA.role, id: OLGA.id });
  const { after, ...rest } = message;
  assert.equal(project(row).message, rest);
  const [heads] = applyItems(order as AnyDefinition, row, null);
  const [before, behind] = heads?.type === 'state' ? (heads.message ?? []) : [];
  assert.equal(heard(`${before}${JSON.stringify([order.stateVersion, after])}${behind}`), message);
  assert.equal(change(message), {
    order: ACTOR,
    version: 6,
    at: atMinute(5),
    type: 'captured',
    types: ['captured'],
    status: 'MANUFACTURING_APPROVED',
    waiting: { for: 'holder', who: OLGA.id, reason: 'to-start', since: atMinute(5) },
  });
});

test('the timeline says from, to and how long, version by version', () => {
  const items = logOf(CAPTURED).flatMap((row) => timeline(told(row)));
  assert.equal(
    items.map(({ version, type, from, to, lastedMs }) => [version, type, from, to, lastedMs]),
    [
      [1, 'created', undefined, 'INITIATED', undefined],
      [2, 'submitted', 'INITIATED', 'SUBMITTED', MINUTE],
      [3, 'pricing-started', 'SUBMITTED', 'PRICING', MINUTE],
      [4, 'priced', 'PRICING', 'PRICE_CALCULATED', MINUTE],
      [5, 'approved', 'PRICE_CALCULATED', 'MANUFACTURING_APPROVED', MINUTE],
      [6, 'captured', undefined, undefined, undefined],
    ],
  );
});

test('reasons stand in the timeline; those of the floor are marked', () => {
  const reasons = (story: readonly OrderEvent[]) => {
    const { reason, internal } = timeline(told(newest(story)))[0]!;
    return [reason, internal];
  };
  assert.equal(reasons(PRICE_FAILED), ['not-closed', undefined]);
  assert.equal(reasons(CANCELLED), ['changed-mind', undefined]);
  assert.equal(reasons(STARTED_ALONE), ['asked', true]);
  const forced: OrderEvent = { type: 'released', operator: OLGA.id, why: 'forced', reason: 'machine-down' };
  assert.equal(reasons([...CAPTURED, forced]), ['machine-down', true]);
});

test('how long a hold has lasted stands beside its end', () => {
  const [item] = timeline(told(newest([...STARTED, held(), { type: 'resumed', heldMs: 90_000 }])));
  assert.equal([item!.type, item!.lastedMs, item!.to], ['resumed', 90_000, undefined]);
});

test('who has to do with it may read why; what was wrong on the floor stays there', () => {
  const asked = (event: OrderEvent) => {
    const { reason, internal } = timeline(told(newest([...COMPLETED, event])))[0]!;
    return [reason, internal];
  };
  assert.equal(asked(held()), ['quality', undefined]);
  assert.equal(asked({ type: 'rejected', reason: 'not-makeable' }), ['not-makeable', undefined]);
  assert.equal(asked({ type: 'cancel-refused', by: OLGA.id, reason: 'nearly-done' }), ['nearly-done', undefined]);
  assert.equal(asked({ type: 'reworked', reason: 'surface', priority: 1 }), ['surface', true]);
  assert.equal(asked({ type: 'packed' }), [undefined, undefined]);
});

test('a row with several events tells each, and the step once', () => {
  const row = newest(PRICE_CALCULATED);
  const both = { ...row, trace: 'a-trace', events: [{ type: 'submitted' }, ...row.events] as OrderEvent[] };
  const items = timeline(told(both));
  assert.equal(
    items.map(({ type, to, trace }) => [type, to, trace]),
    [
      ['submitted', undefined, 'a-trace'],
      ['priced', 'PRICE_CALCULATED', 'a-trace'],
    ],
  );
  assert.equal(change(told(both)).types, ['submitted', 'priced']);
});
