import * as assert from 'uvu/assert';
import { order } from '../../actors/order/order.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, COMMAND, given, MINUTE } from './given.ts';
import { result, SEVEN_DAYS } from './price-result.ts';
import {
  APPROVED,
  BO,
  CRM,
  INITIATED,
  LAPSED_PRICE,
  outside,
  PRICE_CALCULATED,
  PRICE_FAILED,
  PRICING,
  priced,
  SUBMITTED,
  SYSTEM,
  submitted,
  TARIFFS,
} from './world.ts';

const test = spec('from a price to its approval');

test('approval sets when the order is due', () => {
  const { state } = given(order, ...PRICE_CALCULATED)
    .when({ type: 'approve', priceVersion: 1 }, { as: BO, facts: TARIFFS })
    .then({ type: 'approved', priceVersion: 1, due: '2026-03-09T08:04:00.000Z' });
  assert.is(state.due, '2026-03-09T08:04:00.000Z');
});

test('CRM may approve for the buyer', () => {
  given(order, ...PRICE_CALCULATED)
    .when({ type: 'approve', priceVersion: 1 }, { as: CRM, facts: TARIFFS })
    .then({ type: 'approved', priceVersion: 1, due: '2026-03-09T08:04:00.000Z' });
});

test('another version of the price is refused with the present one', () => {
  const { tariff: _, ...price } = (priced as Extract<typeof priced, { type: 'priced' }>).price;
  given(order, ...PRICE_CALCULATED)
    .when({ type: 'approve', priceVersion: 2 }, { as: BO, facts: TARIFFS })
    .thenRefused('price_changed', { price });
});

test('a price holds up to its last millisecond', () => {
  const approve = { type: 'approve', priceVersion: 1 } as const;
  given(order, ...PRICE_CALCULATED)
    .when(approve, { as: BO, facts: TARIFFS, after: SEVEN_DAYS })
    .then({ type: 'approved', priceVersion: 1, due: '2026-03-16T08:00:00.000Z' });
  given(order, ...PRICE_CALCULATED)
    .when(approve, { as: BO, facts: TARIFFS, after: SEVEN_DAYS + 1 })
    .thenRefused('price_expired');
});

test('a price that was told to have expired is not approved, whatever the clock says', () => {
  given(order, ...LAPSED_PRICE)
    .when({ type: 'approve', priceVersion: 1 }, { as: BO, facts: TARIFFS })
    .thenRefused('price_expired');
});

test('a price that has expired is asked for anew, by its timer or by the clock', () => {
  for (const [story, after] of [
    [LAPSED_PRICE, 5 * MINUTE],
    [PRICE_CALCULATED, SEVEN_DAYS + 1],
  ] as const) {
    for (const as of [BO, CRM]) {
      const { state, emission } = given(order, ...story)
        .when({ type: 'requote' }, { as, after })
        .then(submitted);
      assert.equal([state.status, state.price, state.priceVersion], ['SUBMITTED', undefined, 1]);
      assert.equal(emission.jobs, [
        { id: uuid5(COMMAND, 'price'), kind: 'price', payload: { order: ACTOR, revision: 1 } },
      ]);
    }
  }
});

test('the price after a requote has the next version', () => {
  const { state } = given(order, ...LAPSED_PRICE, submitted)
    .when(result(), { as: SYSTEM, after: 0 })
    .then({
      ...priced,
      price: { ...(priced as Extract<typeof priced, { type: 'priced' }>).price, version: 2 },
    } as typeof priced);
  assert.equal([state.priceVersion, state.price?.expired], [2, undefined]);
});

test('a price that holds is not asked for anew, nor where there is none', () => {
  given(order, ...PRICE_CALCULATED)
    .when({ type: 'requote' }, { as: BO })
    .thenRefused('nothing_pending', { what: 'expired-price' });
  for (const story of outside('PRICE_CALCULATED')) {
    given(order, ...story)
      .when({ type: 'requote' }, { as: BO })
      .thenRefused('wrong_status', { status: given(order, ...story).state.status, allowed: ['PRICE_CALCULATED'] });
  }
});

test('only a calculated price can be approved', () => {
  for (const story of [INITIATED, SUBMITTED, PRICING, PRICE_FAILED, APPROVED]) {
    given(order, ...story)
      .when({ type: 'approve', priceVersion: 1 }, { as: BO, facts: TARIFFS })
      .thenRefused('wrong_status');
  }
});

test('an order whose tariff or urgency is gone can’t be approved', () => {
  given(order, ...PRICE_CALCULATED)
    .when({ type: 'approve', priceVersion: 1 }, { as: BO })
    .thenRefused('invalid', { errors: [{ path: '/site', rule: 'unknown site' }] });
  const tariffs = [{ ...TARIFFS.tariffs![0]!, urgencies: [] }];
  given(order, ...PRICE_CALCULATED)
    .when({ type: 'approve', priceVersion: 1 }, { as: BO, facts: { tariffs } })
    .thenRefused('invalid', { errors: [{ path: '/settings/urgency', rule: 'unknown urgency' }] });
});
