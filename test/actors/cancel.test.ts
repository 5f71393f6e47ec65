import * as assert from 'uvu/assert';
import { order } from '../../actors/order/order.ts';
import { spec } from '../_kit/spec.ts';
import { given, MINUTE } from './given.ts';
import {
  APPROVED,
  ASKED,
  BO,
  CANCELLED,
  CAPTURED,
  COMPLETED,
  CRM,
  cancelled,
  cancelRequested,
  INITIATED,
  OLGA,
  PRICE_CALCULATED,
  PRICE_FAILED,
  PRICING,
  STARTED,
  STARTED_ALONE,
  SUBMITTED,
  TARIFFS,
} from './world.ts';

const test = spec('request-cancel');
const ask = { type: 'request-cancel', reason: 'changed-mind' } as const;

test('what nobody has taken is cancelled at once', () => {
  for (const story of [INITIATED, SUBMITTED, PRICING, PRICE_CALCULATED, PRICE_FAILED, APPROVED]) {
    const { state } = given(order, ...story)
      .when(ask, { as: BO, facts: TARIFFS })
      .then(cancelled);
    assert.is(state.status, 'CANCELLED');
  }
});

test('of what is held or begun holder and CRM are asked, for half an hour', () => {
  for (const story of [CAPTURED, STARTED, STARTED_ALONE, COMPLETED]) {
    const { state } = given(order, ...story)
      .when(ask, { as: BO, facts: TARIFFS, after: 7 * MINUTE })
      .then(cancelRequested);
    assert.is(state.cancellation?.deadline, '2026-03-02T08:37:00.000Z');
    assert.is(state.status, given(order, ...story).state.status);
  }
});

test('the time to answer is a setting', () => {
  given(order, ...CAPTURED)
    .when(ask, { as: BO, facts: { ...TARIFFS, times: { cancelMs: 5_000 } }, after: 7 * MINUTE })
    .then({ ...cancelRequested, deadline: '2026-03-02T08:07:05.000Z' } as typeof cancelRequested);
});

test('CRM may ask for the buyer', () => {
  given(order, ...APPROVED)
    .when(ask, { as: CRM, facts: TARIFFS })
    .then({ type: 'cancelled', by: CRM.id, reason: 'changed-mind' });
});

test('while one question is open there is no second', () => {
  given(order, ...ASKED)
    .when(ask, { as: BO, facts: TARIFFS })
    .thenRefused('cancel_pending');
});

test('a closed order is not cancelled', () => {
  given(order, ...CANCELLED)
    .when(ask, { as: BO, facts: TARIFFS })
    .thenRefused('wrong_status');
});

test('a reason must be one of the catalogue’s', () => {
  given(order, ...APPROVED)
    .when({ ...ask, reason: 'weather' }, { as: BO, facts: TARIFFS })
    .thenRefused('invalid', { errors: [{ path: '/reason', rule: 'unknown reason' }] });
});

test('an operator cancels nothing', () => {
  given(order, ...CAPTURED)
    .when(ask, { as: OLGA, facts: TARIFFS })
    .thenRefused('forbidden');
});
