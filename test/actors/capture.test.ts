import * as assert from 'uvu/assert';
import { order } from '../../actors/order/order.ts';
import { spec } from '../_kit/spec.ts';
import { atMinute, given } from './given.ts';
import {
  APPROVED,
  BOSS,
  BOTH,
  CANCELLED,
  CAPTURED,
  COMPLETED,
  captured,
  held,
  OLGA,
  OTTO,
  onShift,
  PRICE_CALCULATED,
  released,
  SONJA,
  STARTED,
  STARTED_ALONE,
  TARIFFS,
} from './world.ts';

const test = spec('capture and release');
const capture = (epoch: number) => ({ type: 'capture', epoch }) as const;

test('an operator on shift takes an approved order and its lowest free slot', () => {
  const { state, emission } = given(order, ...APPROVED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA, [1, 3]) })
    .then(captured(OLGA, 2));
  assert.equal(emission.takes, [`slot:${OLGA.id}:2`]);
  assert.equal(state.capture, { operator: OLGA.id, since: atMinute(5), slot: 2 });
  assert.is(state.epoch, 1);
  assert.is(state.status, 'MANUFACTURING_APPROVED');
});

test('a slot that another order took meanwhile is left out', () => {
  given(order, ...APPROVED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA), taken: { [`slot:${OLGA.id}:1`]: 'another-order' } })
    .then(captured(OLGA, 2));
});

test('a started order without a holder may be taken', () => {
  const { state } = given(order, ...STARTED_ALONE)
    .when(capture(2), { as: OTTO, facts: onShift(OTTO) })
    .then(captured(OTTO, 1));
  assert.is(state.epoch, 3);
  assert.is(state.status, 'MANUFACTURING_STARTED');
});

test('a held order is refused with its holder, whatever the epoch says', () => {
  const holder = { holder: { id: OLGA.id }, since: atMinute(5), epoch: 1 };
  for (const epoch of [0, 1, 2]) {
    given(order, ...CAPTURED)
      .when(capture(epoch), { as: OTTO, facts: onShift(OTTO) })
      .thenRefused('already_captured', holder);
  }
});

test('a second capture by the holder is refused with itself as holder', () => {
  given(order, ...CAPTURED)
    .when(capture(1), { as: OLGA, facts: onShift(OLGA, [1]) })
    .thenRefused('already_captured', { holder: { id: OLGA.id }, since: atMinute(5), epoch: 1 });
});

test('a late repeat of a refused capture does not capture: it names an old epoch', () => {
  given(order, ...CAPTURED, released(OLGA))
    .when(capture(0), { as: OTTO, facts: onShift(OTTO) })
    .thenRefused('stale_epoch', { epoch: 2, holder: null });
});

test('only approved and started orders can be taken', () => {
  const allowed = ['MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED'];
  given(order, ...PRICE_CALCULATED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA) })
    .thenRefused('wrong_status', { status: 'PRICE_CALCULATED', allowed });
  given(order, ...COMPLETED)
    .when(capture(1), { as: OLGA, facts: onShift(OLGA) })
    .thenRefused('wrong_status', { status: 'MANUFACTURING_COMPLETED', allowed });
  given(order, ...CANCELLED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA) })
    .thenRefused('wrong_status', { status: 'CANCELLED', allowed });
});

test('an order of another site is refused before anything else', () => {
  for (const story of [APPROVED, CAPTURED, PRICE_CALCULATED]) {
    given(order, ...story)
      .when(capture(9), { as: SONJA, facts: onShift(SONJA, [], { site: 'south' }) })
      .thenRefused('wrong_site');
  }
});

test('an operator who moved since the log-in is refused by the site where he works now', () => {
  const { restsOnFacts } = given(order, ...APPROVED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA, [], { site: 'south' }) })
    .thenRefused('wrong_site');
  assert.ok(restsOnFacts);
});

test('an order on hold is not taken', () => {
  given(order, ...APPROVED, held())
    .when(capture(0), { as: OLGA, facts: onShift(OLGA) })
    .thenRefused('on_hold');
});

test('off shift, and never hired, nothing is taken', () => {
  const off = given(order, ...APPROVED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA, [], { onShift: false }) })
    .thenRefused('off_shift');
  assert.ok(off.restsOnFacts);
  const unknown = given(order, ...APPROVED)
    .when(capture(0), { as: OLGA })
    .thenRefused('off_shift');
  assert.ok(unknown.restsOnFacts);
});

test('a material that the operator may not work is refused', () => {
  const { restsOnFacts } = given(order, ...APPROVED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA, [], { skills: ['pa12'] }) })
    .thenRefused('wrong_skill');
  assert.ok(restsOnFacts);
  given(order, ...APPROVED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA, [], { skills: ['pa12', 'silver-925'] }) })
    .then(captured(OLGA));
});

test('at the limit nothing more is taken', () => {
  const { restsOnFacts } = given(order, ...APPROVED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA, [1, 2], { limit: 2 }) })
    .thenRefused('wip_limit', { held: 2, limit: 2 });
  assert.ok(restsOnFacts);
});

test('slots found taken count against the limit', () => {
  given(order, ...APPROVED)
    .when(capture(0), {
      as: OLGA,
      facts: onShift(OLGA, [1], { limit: 2 }),
      taken: { [`slot:${OLGA.id}:2`]: 'another-order' },
    })
    .thenRefused('wip_limit', { held: 2, limit: 2 });
});

test('after the limit was lowered the slots above it still count', () => {
  given(order, ...APPROVED)
    .when(capture(0), { as: OLGA, facts: onShift(OLGA, [3, 4], { limit: 2 }) })
    .thenRefused('wip_limit', { held: 2, limit: 2 });
});

test('a supervisor has no hands of his own', () => {
  given(order, ...APPROVED)
    .when(capture(0), { as: BOSS, facts: onShift(BOSS) })
    .thenRefused('forbidden');
});

test('the holder gives back without a reason; the slot is free and the epoch rises', () => {
  const { state, emission } = given(order, ...CAPTURED)
    .when({ type: 'release', epoch: 1 }, { as: OLGA })
    .then(released(OLGA));
  assert.equal(emission.frees, [`slot:${OLGA.id}:1`]);
  assert.is(state.capture, null);
  assert.is(state.epoch, 2);
});

test('a started order is given back too and stays started', () => {
  const { state } = given(order, ...STARTED)
    .when({ type: 'release', epoch: 1 }, { as: OLGA })
    .then(released(OLGA));
  assert.is(state.status, 'MANUFACTURING_STARTED');
});

test('a reason must be one of the catalogue’s', () => {
  given(order, ...CAPTURED)
    .when({ type: 'release', epoch: 1, reason: 'end-of-shift' }, { as: OLGA, facts: TARIFFS })
    .then({ type: 'released', operator: OLGA.id, why: 'asked', reason: 'end-of-shift' });
  given(order, ...CAPTURED)
    .when({ type: 'release', epoch: 1, reason: 'bored' }, { as: OLGA, facts: TARIFFS })
    .thenRefused('invalid', { errors: [{ path: '/reason', rule: 'unknown reason' }] });
});

test('a supervisor takes the order from its holder, with a reason', () => {
  const { emission } = given(order, ...CAPTURED)
    .when({ type: 'release', epoch: 1, reason: 'machine-down' }, { as: BOSS, facts: TARIFFS })
    .then({ type: 'released', operator: OLGA.id, why: 'forced', reason: 'machine-down' });
  assert.equal(emission.frees, [`slot:${OLGA.id}:1`]);
});

test('a supervisor without a reason is told which field is missing', () => {
  const errors = [{ path: '/reason', rule: 'required of a supervisor' }];
  for (const as of [BOSS, BOTH]) {
    given(order, ...CAPTURED)
      .when({ type: 'release', epoch: 1 }, { as })
      .thenRefused('invalid', { errors });
  }
});

test('a supervisor who holds the order himself gives back like any operator', () => {
  given(order, ...APPROVED, captured(BOTH))
    .when({ type: 'release', epoch: 1 }, { as: BOTH })
    .then(released(BOTH));
});

test('a supervisor of another site is refused', () => {
  given(order, ...CAPTURED)
    .when({ type: 'release', epoch: 1, reason: 'machine-down' }, { as: { ...BOSS, site: 'south' }, facts: TARIFFS })
    .thenRefused('wrong_site');
});

test('there is nothing to force where nobody holds the order', () => {
  given(order, ...APPROVED)
    .when({ type: 'release', epoch: 0, reason: 'machine-down' }, { as: BOSS, facts: TARIFFS })
    .thenRefused('nothing_pending', { what: 'capture' });
});

test('who is not the holder gives nothing back; an old epoch is said first', () => {
  given(order, ...CAPTURED)
    .when({ type: 'release', epoch: 1 }, { as: OTTO })
    .thenRefused('not_holder');
  given(order, ...CAPTURED)
    .when({ type: 'release', epoch: 0 }, { as: OTTO })
    .thenRefused('stale_epoch', { epoch: 1, holder: { id: OLGA.id } });
  given(order, ...APPROVED)
    .when({ type: 'release', epoch: 0 }, { as: OLGA })
    .thenRefused('not_holder');
  given(order, ...COMPLETED)
    .when({ type: 'release', epoch: 1 }, { as: OLGA })
    .thenRefused('wrong_status');
});
