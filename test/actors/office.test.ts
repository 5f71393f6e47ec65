import * as assert from 'uvu/assert';
import type { OrderEvent } from '../../actors/order/events.ts';
import { order } from '../../actors/order/order.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, COMMAND, given } from './given.ts';
import { ORDER_SAMPLES } from './samples.ts';
import {
  APPROVED,
  BO,
  BOSS,
  CAPTURED,
  CRM,
  LAPSED_PRICE,
  outside,
  PRICE_CALCULATED,
  PRICE_FAILED,
  PRICING,
  SUBMITTED,
  SYSTEM,
  TARIFFS,
} from './world.ts';

const test = spec('what CRM decides');
const set = ORDER_SAMPLES['set-price'];
const priceSet = (version: number, validUntil: string): OrderEvent => ({
  type: 'price-set',
  reason: 'shape',
  price: {
    version,
    amount: 9_900,
    currency: 'EUR',
    lines: [{ name: 'Price set by hand', amount: 9_900 }],
    validUntil,
    tariff: 'hash-north',
  },
});

test('a price that could not be calculated is set by hand, and holds for a while', () => {
  const due = '2026-03-09T08:04:00.000Z';
  const { state, emission } = given(order, ...PRICE_FAILED)
    .when(set, { as: CRM, facts: TARIFFS })
    .then(priceSet(1, due));
  assert.equal([state.status, state.priceVersion, state.priceFailure], ['PRICE_CALCULATED', 1, undefined]);
  const payload = { order: ACTOR, name: 'price', version: 1 };
  assert.equal(emission.jobs, [{ id: uuid5(COMMAND, 'timer:price'), kind: 'timer', payload, due }]);
});

test('a calculated price is set anew under another version: the buyer approves the new one', () => {
  const times = { priceMs: 60_000 };
  const { state } = given(order, ...PRICE_CALCULATED)
    .when(set, { as: CRM, facts: { ...TARIFFS, times } })
    .then(priceSet(2, '2026-03-02T08:05:00.000Z'));
  assert.is(state.priceVersion, 2);
  given(order, ...PRICE_CALCULATED, priceSet(2, '2026-03-09T08:05:00.000Z'))
    .when({ type: 'approve', priceVersion: 1 }, { as: BO, facts: TARIFFS })
    .thenRefused('price_changed');
});

test('a price that has expired is set again, an equal one that holds is not', () => {
  const equal = { ...set, amount: 3_617 };
  given(order, ...PRICE_CALCULATED)
    .when(equal, { as: CRM, facts: TARIFFS })
    .then();
  const { state } = given(order, ...LAPSED_PRICE)
    .when(set, { as: CRM, facts: TARIFFS })
    .then(priceSet(2, '2026-03-09T08:05:00.000Z'));
  assert.is(state.price?.expired, undefined);
});

test('a job that ends after a person has set the price is obsolete', () => {
  given(order, ...PRICE_FAILED, priceSet(1, '2026-03-09T08:04:00.000Z'))
    .when(ORDER_SAMPLES.priced, { as: SYSTEM })
    .thenRefused('wrong_status');
});

test('the price is in the currency of the site', () => {
  given(order, ...PRICE_FAILED)
    .when({ ...set, currency: 'USD' }, { as: CRM, facts: TARIFFS })
    .thenRefused('invalid', { errors: [{ path: '/currency', rule: 'must be EUR' }] });
  given(order, ...PRICE_FAILED)
    .when(set, { as: CRM })
    .thenRefused('invalid', { errors: [{ path: '/site', rule: 'unknown site' }] });
});

test('reasons are the catalogue’s', () => {
  for (const command of [set, ORDER_SAMPLES.reject]) {
    given(order, ...PRICE_FAILED)
      .when({ ...command, reason: 'mood' }, { as: CRM, facts: TARIFFS })
      .thenRefused('invalid', { errors: [{ path: '/reason', rule: 'unknown reason' }] });
  }
});

test('no price is set before one was tried, nor after the approval', () => {
  const allowed = ['PRICE_FAILED', 'PRICE_CALCULATED'] as const;
  for (const story of outside(...allowed)) {
    given(order, ...story)
      .when(set, { as: CRM, facts: TARIFFS })
      .thenRefused('wrong_status', { status: given(order, ...story).state.status, allowed: [...allowed] });
  }
});

test('CRM rejects what was submitted and nobody holds', () => {
  for (const story of [SUBMITTED, PRICING, PRICE_CALCULATED, PRICE_FAILED, APPROVED]) {
    const { state } = given(order, ...story)
      .when(ORDER_SAMPLES.reject, { as: CRM, facts: TARIFFS })
      .then({ type: 'rejected', reason: 'not-makeable' });
    assert.is(state.status, 'REJECTED');
  }
});

test('what an operator holds is not rejected', () => {
  given(order, ...CAPTURED)
    .when(ORDER_SAMPLES.reject, { as: CRM, facts: TARIFFS })
    .thenRefused('already_captured');
});

test('what was not submitted, or was begun, is not rejected', () => {
  for (const story of outside('SUBMITTED', 'PRICING', 'PRICE_CALCULATED', 'PRICE_FAILED', 'MANUFACTURING_APPROVED')) {
    given(order, ...story)
      .when(ORDER_SAMPLES.reject, { as: CRM, facts: TARIFFS })
      .thenRefused('wrong_status');
  }
});

test('neither buyer nor supervisor decides so', () => {
  for (const command of [set, ORDER_SAMPLES.reject, ORDER_SAMPLES.close]) {
    for (const as of [BO, BOSS]) {
      given(order, ...PRICE_FAILED)
        .when(command, { as, facts: TARIFFS })
        .thenRefused('forbidden');
    }
  }
});
