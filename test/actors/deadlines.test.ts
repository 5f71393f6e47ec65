import * as assert from 'uvu/assert';
import type { TimerName } from '../../actors/jobs.ts';
import type { OrderCommand } from '../../actors/order/commands.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import { order } from '../../actors/order/order.ts';
import { waiting } from '../../actors/order/waiting.ts';
import { spec } from '../_kit/spec.ts';
import { given } from './given.ts';
import { ORDER_SAMPLES } from './samples.ts';
import {
  APPROVED,
  ASKED,
  BO,
  BOSS,
  CAPTURED,
  COMPLETED,
  cancelRequested,
  captured,
  closed,
  DELIVERED,
  escalated,
  held,
  INITIATED,
  LAPSED_PRICE,
  OFFERED,
  OLGA,
  OTTO,
  offered,
  onShift,
  outside,
  PRICE_CALCULATED,
  priceExpired,
  released,
  SHIPPED,
  STARTED,
  STARTED_ALONE,
  SYSTEM,
  started,
} from './world.ts';

const test = spec('deadlines');
const job = '70b00000-0000-4000-8000-000000000001';
const passed = (name: Exclude<TimerName, 'expire'>, version: number): OrderCommand => ({
  type: 'deadline-passed',
  job,
  name,
  version,
});
const expire = { type: 'expire', job, version: 1 } as const;
const lapsed: OrderEvent = { type: 'hand-over-lapsed', to: OTTO.id };

test('an order that nobody submits expires, and its timer is finished with it', () => {
  const { state, emission } = given(order, ...INITIATED)
    .when(expire, { as: SYSTEM })
    .then({ type: 'expired' });
  assert.is(state.status, 'EXPIRED');
  assert.equal(emission.done, [job]);
});

test('an order that was submitted does not expire, nor one on hold', () => {
  for (const story of outside('INITIATED'))
    given(order, ...story)
      .when(expire, { as: SYSTEM })
      .thenRefused('wrong_status');
  given(order, ...INITIATED, held())
    .when(expire, { as: SYSTEM })
    .thenRefused('on_hold');
});

test('a price whose time is over waits to be asked for anew', () => {
  const { state, emission } = given(order, ...PRICE_CALCULATED)
    .when(passed('price', 1), { as: SYSTEM })
    .then(priceExpired);
  assert.is(state.price?.expired, true);
  assert.is(state.status, 'PRICE_CALCULATED');
  assert.is(waiting(state).reason, 'price-expired');
  assert.equal(emission.done, [job]);
});

test('the time of an older price, of an approved one, or told twice, is nobody’s business', () => {
  const what = { what: 'price' };
  given(order, ...PRICE_CALCULATED)
    .when(passed('price', 0), { as: SYSTEM })
    .thenRefused('nothing_pending', what);
  given(order, ...LAPSED_PRICE)
    .when(passed('price', 1), { as: SYSTEM })
    .thenRefused('nothing_pending', what);
  for (const story of outside('PRICE_CALCULATED'))
    given(order, ...story)
      .when(passed('price', 1), { as: SYSTEM })
      .thenRefused('nothing_pending', what);
});

test('silence at the deadline: the question goes to CRM, the order goes on', () => {
  for (const story of [ASKED, [...ASKED, started], [...ASKED, released(OLGA)]]) {
    const before = given(order, ...story).state;
    const { state, emission } = given(order, ...story)
      .when(passed('cancellation', 7), { as: SYSTEM })
      .then(escalated);
    assert.equal([state.status, state.capture, state.epoch], [before.status, before.capture, before.epoch]);
    assert.equal([waiting(state).for, waiting(state).reason], ['crm', 'cancel-unanswered']);
    assert.equal(emission.done, [job]);
  }
  given(order, ...ASKED, escalated)
    .when({ type: 'start', epoch: 1 }, { as: OLGA })
    .then(started);
});

test('the deadline of a question that was answered is nobody’s business', () => {
  const refused: OrderEvent = { type: 'cancel-refused', by: OLGA.id, reason: 'nearly-done' };
  const what = { what: 'cancellation' };
  for (const story of [
    CAPTURED,
    [...ASKED, refused],
    [...ASKED, refused, cancelRequested(9)],
    [...ASKED, escalated],
    [...ASKED, { type: 'cancelled', by: OLGA.id, reason: 'changed-mind' } as OrderEvent],
  ]) {
    given(order, ...story)
      .when(passed('cancellation', 7), { as: SYSTEM })
      .thenRefused('nothing_pending', what);
  }
});

test('an offer of hand-over lapses: the order stays with its holder', () => {
  const { state, emission } = given(order, ...OFFERED)
    .when(passed('hand-over', 7), { as: SYSTEM })
    .then(lapsed);
  assert.equal([state.handOver, state.capture?.operator, state.epoch], [undefined, OLGA.id, 1]);
  assert.equal(emission.done, [job]);
});

test('the deadline of an offer that was answered, or that another has replaced, is nobody’s business', () => {
  const declined: OrderEvent = { type: 'hand-over-declined', to: OTTO.id };
  for (const story of [
    [...OFFERED, declined],
    [...OFFERED, declined, offered(9)],
    [...OFFERED, offered(8)],
    [...OFFERED, { type: 'handed-over', from: OLGA.id, operator: OTTO.id, slot: 1 } as OrderEvent],
    [...OFFERED, released(OLGA)],
  ]) {
    given(order, ...story)
      .when(passed('hand-over', 7), { as: SYSTEM })
      .thenRefused('nothing_pending', { what: 'hand-over' });
  }
});

test('a delivered order is closed, unless it is on hold', () => {
  const { emission } = given(order, ...DELIVERED)
    .when(passed('close', 11), { as: SYSTEM })
    .then(closed);
  assert.equal(emission.done, [job]);
  given(order, ...DELIVERED, held())
    .when(passed('close', 11), { as: SYSTEM })
    .thenRefused('on_hold');
  for (const story of outside('DELIVERED'))
    given(order, ...story)
      .when(passed('close', 11), { as: SYSTEM })
      .thenRefused('wrong_status');
});

test('after a hold the clock that was stopped counts no more, only the one that runs anew', () => {
  const resumed: OrderEvent = { type: 'resumed', heldMs: 60_000 };
  const initiated = given(order, ...INITIATED, held(), resumed);
  initiated.when(expire, { as: SYSTEM }).thenRefused('nothing_pending', { what: 'clock' });
  initiated.when({ ...expire, version: 3 }, { as: SYSTEM }).then({ type: 'expired' });
  const delivered = given(order, ...DELIVERED, held(), resumed);
  delivered.when(passed('close', 11), { as: SYSTEM }).thenRefused('nothing_pending', { what: 'clock' });
  delivered.when(passed('close', 13), { as: SYSTEM }).then(closed);
});

test('a hold that ended long before leaves the clock of a delivered order alone', () => {
  const [first, ...rest] = DELIVERED;
  given(order, first!, held(), { type: 'resumed', heldMs: 60_000 }, ...rest)
    .when(passed('close', 13), { as: SYSTEM })
    .then(closed);
});

test('who has been away too long loses what was not begun', () => {
  const { state, emission } = given(order, ...CAPTURED)
    .when({ type: 'release-absent', epoch: 1 }, { as: SYSTEM })
    .then({ type: 'released', operator: OLGA.id, why: 'absent' });
  assert.equal([state.capture, state.epoch], [null, 2]);
  assert.equal(emission.frees, [`slot:${OLGA.id}:1`]);
});

test('what was begun stays with its holder, however long it is away', () => {
  given(order, ...STARTED)
    .when({ type: 'release-absent', epoch: 1 }, { as: SYSTEM })
    .thenRefused('wrong_status');
});

test('an absence that was about another capture is nobody’s business', () => {
  given(order, ...CAPTURED, released(OLGA), captured(OTTO))
    .when({ type: 'release-absent', epoch: 1 }, { as: SYSTEM })
    .thenRefused('stale_epoch', { epoch: 3, holder: { id: OTTO.id } });
  given(order, ...APPROVED)
    .when({ type: 'release-absent', epoch: 0 }, { as: SYSTEM })
    .thenRefused('nothing_pending', { what: 'capture' });
});

test('the end of a shift frees what was not begun', () => {
  const off = onShift(OLGA, [1], { onShift: false });
  const { state, emission } = given(order, ...CAPTURED)
    .when({ type: 'let-go', operator: OLGA.id }, { as: SYSTEM, facts: off })
    .then({ type: 'released', operator: OLGA.id, why: 'let-go' });
  assert.is(state.capture, null);
  assert.equal(emission.frees, [`slot:${OLGA.id}:1`]);
});

test('not what was begun, what somebody else holds, or what the operator works on again', () => {
  const off = onShift(OLGA, [1], { onShift: false });
  const go = { type: 'let-go', operator: OLGA.id } as const;
  for (const story of [STARTED, STARTED_ALONE, COMPLETED, SHIPPED])
    given(order, ...story)
      .when(go, { as: SYSTEM, facts: off })
      .thenRefused('wrong_status');
  for (const story of [APPROVED, [...APPROVED, captured(OTTO)]])
    given(order, ...story)
      .when(go, { as: SYSTEM, facts: off })
      .thenRefused('nothing_pending', { what: 'capture' });
  const back = given(order, ...CAPTURED)
    .when(go, { as: SYSTEM, facts: onShift(OLGA, [1]) })
    .thenRefused('nothing_pending', { what: 'let-go' });
  assert.ok(back.restsOnFacts);
});

test('no person says that a deadline has passed', () => {
  for (const type of ['expire', 'deadline-passed', 'release-absent', 'let-go'] as const) {
    for (const as of [BO, OLGA, BOSS])
      given(order, ...CAPTURED)
        .when(ORDER_SAMPLES[type], { as })
        .thenRefused('forbidden');
  }
});
