import * as assert from 'uvu/assert';
import { order } from '../../actors/order/order.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, COMMAND, given, MINUTE } from './given.ts';
import {
  APPROVED,
  ASKED,
  BO,
  BOSS,
  CANCELLED,
  CAPTURED,
  COMPLETED,
  CRM,
  cancelled,
  cancelRequested,
  completed,
  escalated,
  INITIATED,
  OLGA,
  OTTO,
  outside,
  PACKAGING,
  PRICE_CALCULATED,
  PRICE_FAILED,
  PRICING,
  released,
  SHIPPED,
  SONJA,
  STARTED,
  STARTED_ALONE,
  SUBMITTED,
  started,
  TARIFFS,
} from './world.ts';

const test = spec('cancelling');
const ask = { type: 'request-cancel', reason: 'changed-mind' } as const;
const accept = { type: 'accept-cancel' } as const;
const refuse = { type: 'refuse-cancel', reason: 'nearly-done' } as const;

test('what nobody has taken is cancelled at once', () => {
  for (const story of [INITIATED, SUBMITTED, PRICING, PRICE_CALCULATED, PRICE_FAILED, APPROVED]) {
    const { state } = given(order, ...story)
      .when(ask, { as: BO, facts: TARIFFS })
      .then(cancelled);
    assert.is(state.status, 'CANCELLED');
  }
});

test('of what is held or begun holder and CRM are asked, for half an hour', () => {
  for (const story of [CAPTURED, STARTED, STARTED_ALONE, COMPLETED, PACKAGING]) {
    const version = story.length + 1;
    const { state, emission } = given(order, ...story)
      .when(ask, { as: BO, facts: TARIFFS, after: 7 * MINUTE })
      .then(cancelRequested(version));
    const due = '2026-03-02T08:37:00.000Z';
    assert.is(state.cancellation?.deadline, due);
    assert.is(state.status, given(order, ...story).state.status);
    const payload = { order: ACTOR, name: 'cancellation', version };
    assert.equal(emission.jobs, [{ id: uuid5(COMMAND, 'timer:cancellation'), kind: 'timer', payload, due }]);
  }
});

test('the time to answer is a setting', () => {
  given(order, ...CAPTURED)
    .when(ask, { as: BO, facts: { ...TARIFFS, times: { cancelMs: 5_000 } }, after: 7 * MINUTE })
    .then({ ...cancelRequested(), deadline: '2026-03-02T08:07:05.000Z' } as ReturnType<typeof cancelRequested>);
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
  given(order, ...ASKED, escalated)
    .when(ask, { as: BO, facts: TARIFFS })
    .thenRefused('cancel_pending');
});

test('once the order was given back there is nobody to ask: asking again cancels', () => {
  given(order, ...ASKED, released(OLGA))
    .when(ask, { as: BO, facts: TARIFFS })
    .then(cancelled);
});

test('what has left the house is not cancelled, nor what is closed', () => {
  for (const story of [SHIPPED, CANCELLED]) {
    given(order, ...story)
      .when(ask, { as: BO, facts: TARIFFS })
      .thenRefused('wrong_status');
  }
});

test('a reason must be one of the catalogue’s', () => {
  const errors = [{ path: '/reason', rule: 'unknown reason' }];
  given(order, ...APPROVED)
    .when({ ...ask, reason: 'weather' }, { as: BO, facts: TARIFFS })
    .thenRefused('invalid', { errors });
  given(order, ...ASKED)
    .when({ ...refuse, reason: 'weather' }, { as: OLGA, facts: TARIFFS })
    .thenRefused('invalid', { errors });
});

test('an operator asks for no cancellation', () => {
  given(order, ...CAPTURED)
    .when(ask, { as: OLGA, facts: TARIFFS })
    .thenRefused('forbidden');
});

test('the holder accepts: the order is cancelled and the slot is free', () => {
  const { state, emission } = given(order, ...ASKED)
    .when(accept, { as: OLGA })
    .then({ type: 'cancelled', by: OLGA.id, reason: 'changed-mind' });
  assert.equal([state.status, state.capture, state.cancellation], ['CANCELLED', null, undefined]);
  assert.equal(emission.frees, [`slot:${OLGA.id}:1`]);
});

test('CRM accepts, with a holder or without', () => {
  for (const story of [ASKED, [...ASKED, escalated], [...COMPLETED, cancelRequested(9)], [...ASKED, released(OLGA)]]) {
    const { emission, state } = given(order, ...story)
      .when(accept, { as: CRM })
      .then({ type: 'cancelled', by: CRM.id, reason: 'changed-mind' });
    assert.is(emission.frees.length, given(order, ...story).state.capture ? 1 : 0);
    assert.is(state.status, 'CANCELLED');
  }
});

test('holder or CRM refuse with a reason, and the order goes on', () => {
  for (const as of [OLGA, CRM]) {
    const { state } = given(order, ...ASKED, started)
      .when(refuse, { as, facts: TARIFFS })
      .then({ type: 'cancel-refused', by: as.id, reason: 'nearly-done' });
    assert.equal([state.status, state.cancellation], ['MANUFACTURING_STARTED', undefined]);
    assert.is(state.capture?.operator, OLGA.id);
  }
});

test('after a refusal it may be asked again', () => {
  given(order, ...ASKED, { type: 'cancel-refused', by: OLGA.id, reason: 'nearly-done' })
    .when(ask, { as: BO, facts: TARIFFS, after: 7 * MINUTE })
    .then(cancelRequested(9));
});

test('who does not hold the order does not answer, nor does the former holder', () => {
  for (const command of [accept, refuse]) {
    given(order, ...ASKED)
      .when(command, { as: OTTO, facts: TARIFFS })
      .thenRefused('not_holder');
    given(order, ...ASKED, started, completed)
      .when(command, { as: OLGA, facts: TARIFFS })
      .thenRefused('not_holder');
    given(order, ...ASKED)
      .when(command, { as: SONJA, facts: TARIFFS })
      .thenRefused('wrong_site');
    for (const as of [BO, BOSS]) {
      given(order, ...ASKED)
        .when(command, { as, facts: TARIFFS })
        .thenRefused('forbidden');
    }
  }
});

test('without a question there is no answer', () => {
  for (const command of [accept, refuse]) {
    given(order, ...CAPTURED)
      .when(command, { as: OLGA, facts: TARIFFS })
      .thenRefused('nothing_pending', { what: 'cancellation' });
    const askable = [
      'MANUFACTURING_APPROVED',
      'MANUFACTURING_STARTED',
      'MANUFACTURING_COMPLETED',
      'PACKAGING',
    ] as const;
    for (const story of outside(...askable)) {
      given(order, ...story)
        .when(command, { as: CRM, facts: TARIFFS })
        .thenRefused('wrong_status');
    }
  }
});
