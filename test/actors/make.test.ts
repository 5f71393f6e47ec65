import * as assert from 'uvu/assert';
import { order } from '../../actors/order/order.ts';
import { spec } from '../_kit/spec.ts';
import { given } from './given.ts';
import {
  APPROVED,
  ASKED,
  BOSS,
  CAPTURED,
  COMPLETED,
  captured,
  completed,
  held,
  OLGA,
  OTTO,
  released,
  SONJA,
  STARTED,
  started,
} from './world.ts';

const test = spec('start and complete');
const start = (epoch: number) => ({ type: 'start', epoch }) as const;
const complete = (epoch: number) => ({ type: 'complete', epoch }) as const;

test('the holder starts', () => {
  const { state, emission } = given(order, ...CAPTURED)
    .when(start(1), { as: OLGA })
    .then(started);
  assert.is(state.status, 'MANUFACTURING_STARTED');
  assert.is(state.epoch, 1);
  assert.equal([emission.takes, emission.frees], [[], []]);
});

test('the holder completes; order and slot become free', () => {
  const { state, emission } = given(order, ...STARTED)
    .when(complete(1), { as: OLGA })
    .then(completed);
  assert.is(state.status, 'MANUFACTURING_COMPLETED');
  assert.is(state.capture, null);
  assert.equal(emission.frees, [`slot:${OLGA.id}:1`]);
});

test('a newer epoch shuts out the former holder', () => {
  const stale = { epoch: 3, holder: { id: OTTO.id } };
  given(order, ...CAPTURED, released(OLGA), captured(OTTO))
    .when(start(1), { as: OLGA })
    .thenRefused('stale_epoch', stale);
  given(order, ...STARTED, released(OLGA), captured(OTTO))
    .when(complete(1), { as: OLGA })
    .thenRefused('stale_epoch', stale);
});

test('with the right epoch, who is not the holder is told so', () => {
  given(order, ...CAPTURED)
    .when(start(1), { as: OTTO })
    .thenRefused('not_holder');
  given(order, ...STARTED)
    .when(complete(1), { as: OTTO })
    .thenRefused('not_holder');
  given(order, ...APPROVED)
    .when(start(0), { as: OLGA })
    .thenRefused('not_holder');
});

test('an order is started and completed once', () => {
  given(order, ...STARTED)
    .when(start(1), { as: OLGA })
    .thenRefused('wrong_status', { status: 'MANUFACTURING_STARTED', allowed: ['MANUFACTURING_APPROVED'] });
  given(order, ...COMPLETED)
    .when(complete(1), { as: OLGA })
    .thenRefused('wrong_status', { status: 'MANUFACTURING_COMPLETED', allowed: ['MANUFACTURING_STARTED'] });
  given(order, ...CAPTURED)
    .when(complete(1), { as: OLGA })
    .thenRefused('wrong_status');
});

test('an order on hold is neither started nor completed', () => {
  for (const [story, command] of [
    [CAPTURED, start(1)],
    [STARTED, complete(1)],
  ] as const) {
    given(order, ...story, held())
      .when(command, { as: OLGA })
      .thenRefused('on_hold');
  }
});

test('an open question about a cancellation does not stop the work', () => {
  const { state } = given(order, ...ASKED)
    .when(start(1), { as: OLGA })
    .then(started);
  assert.ok(state.cancellation);
  given(order, ...ASKED, started)
    .when(complete(1), { as: OLGA })
    .then(completed);
});

test('an operator of another site, and a supervisor, start nothing', () => {
  given(order, ...CAPTURED)
    .when(start(1), { as: SONJA })
    .thenRefused('wrong_site');
  given(order, ...CAPTURED)
    .when(start(1), { as: BOSS })
    .thenRefused('forbidden');
});
