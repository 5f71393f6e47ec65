import * as assert from 'uvu/assert';
import type { OrderEvent } from '../../actors/order/events.ts';
import { order } from '../../actors/order/order.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, COMMAND, given, MINUTE } from './given.ts';
import {
  BO,
  BOSS,
  CARLA,
  CLOSED,
  COMPLETED,
  CRM,
  cancelRequested,
  closed,
  DELIVERED,
  delivered,
  escalated,
  OLGA,
  outside,
  PACKAGING,
  PIA,
  packed,
  QUINN,
  SHIPPED,
  SONJA,
  shipped,
  TARIFFS,
} from './world.ts';

const test = spec('from the packing table to the customer');
const pack = { type: 'pack' } as const;
const ship = { type: 'ship', carrier: 'DHL', tracking: 'JD0001' } as const;
const deliver = { type: 'delivered' } as const;
const close = { type: 'close' } as const;
const rework = { type: 'rework', reason: 'surface' } as const;
const reworked = (priority: number): OrderEvent => ({ type: 'reworked', reason: 'surface', priority });

test('packed, shipped, delivered, closed', () => {
  const packing = given(order, ...COMPLETED)
    .when(pack, { as: PIA })
    .then(packed);
  assert.is(packing.state.status, 'PACKAGING');
  const shipping = given(order, ...PACKAGING)
    .when(ship, { as: PIA, after: 9 * MINUTE })
    .then(shipped);
  assert.equal(shipping.state.shipment, { carrier: 'DHL', tracking: 'JD0001', at: '2026-03-02T08:09:00.000Z' });
  assert.is(shipping.state.status, 'SHIPPED');
  for (const as of [CARLA, CRM]) {
    const { state } = given(order, ...SHIPPED)
      .when(deliver, { as })
      .then(delivered);
    assert.is(state.status, 'DELIVERED');
  }
  const closing = given(order, ...DELIVERED)
    .when(close, { as: CRM })
    .then(closed);
  assert.is(closing.state.status, 'CLOSED');
});

test('fourteen days after its delivery, or as is set, an order will be closed', () => {
  const jobs = (facts: object) =>
    given(order, ...SHIPPED)
      .when(deliver, { as: CARLA, facts, after: 0 })
      .then(delivered).emission.jobs;
  const job = {
    id: uuid5(COMMAND, 'timer:close'),
    kind: 'timer',
    payload: { order: ACTOR, name: 'close', version: 11 },
  };
  assert.equal(jobs({}), [{ ...job, due: '2026-03-16T08:00:00.000Z' }]);
  assert.equal(jobs({ times: { closeMs: 1_000 } }), [{ ...job, due: '2026-03-02T08:00:01.000Z' }]);
});

test('the same said again is accepted and changes nothing, however late', () => {
  for (const story of [PACKAGING, SHIPPED, DELIVERED, CLOSED])
    given(order, ...story)
      .when(pack, { as: PIA })
      .then();
  for (const story of [SHIPPED, DELIVERED, CLOSED])
    given(order, ...story)
      .when(ship, { as: PIA })
      .then();
  for (const story of [DELIVERED, CLOSED])
    given(order, ...story)
      .when(deliver, { as: CARLA })
      .then();
  given(order, ...CLOSED)
    .when(close, { as: CRM })
    .then();
});

test('another parcel for an order that is under way is refused', () => {
  for (const other of [
    { ...ship, tracking: 'JD0002' },
    { ...ship, carrier: 'UPS' },
  ]) {
    given(order, ...SHIPPED)
      .when(other, { as: PIA })
      .thenRefused('wrong_status', { status: 'SHIPPED', allowed: ['PACKAGING'] });
  }
});

test('each step follows the one before', () => {
  for (const story of outside('MANUFACTURING_COMPLETED', 'PACKAGING', 'SHIPPED', 'DELIVERED', 'CLOSED'))
    given(order, ...story)
      .when(pack, { as: PIA })
      .thenRefused('wrong_status');
  for (const story of outside('PACKAGING', 'SHIPPED', 'DELIVERED', 'CLOSED'))
    given(order, ...story)
      .when(ship, { as: PIA })
      .thenRefused('wrong_status');
  for (const story of outside('SHIPPED', 'DELIVERED', 'CLOSED'))
    given(order, ...story)
      .when(deliver, { as: CARLA })
      .thenRefused('wrong_status');
  for (const story of outside('DELIVERED', 'CLOSED'))
    given(order, ...story)
      .when(close, { as: CRM })
      .thenRefused('wrong_status');
});

test('only packers of the site pack and ship, only carriers and CRM know of deliveries', () => {
  for (const as of [OLGA, BOSS, CRM]) {
    given(order, ...COMPLETED)
      .when(pack, { as })
      .thenRefused('forbidden');
    given(order, ...PACKAGING)
      .when(ship, { as })
      .thenRefused('forbidden');
  }
  const elsewhere = { ...PIA, site: SONJA.site! };
  given(order, ...COMPLETED)
    .when(pack, { as: elsewhere })
    .thenRefused('wrong_site');
  given(order, ...PACKAGING)
    .when(ship, { as: elsewhere })
    .thenRefused('wrong_site');
  for (const as of [PIA, BO])
    given(order, ...SHIPPED)
      .when(deliver, { as })
      .thenRefused('forbidden');
  given(order, ...DELIVERED)
    .when(close, { as: CARLA })
    .thenRefused('forbidden');
});

test('a parcel waits for the answer to a request to cancel while there is time', () => {
  given(order, ...PACKAGING, cancelRequested(10))
    .when(ship, { as: PIA })
    .thenRefused('cancel_pending');
  given(order, ...COMPLETED, cancelRequested(9))
    .when(pack, { as: PIA })
    .then(packed);
});

test('after the deadline the order goes on: the parcel is the answer', () => {
  const refused: OrderEvent = { type: 'cancel-refused', by: PIA.id, reason: 'shipped' };
  const late = { as: PIA, after: 38 * MINUTE };
  const gone = { ...shipped, at: '2026-03-02T08:38:00.000Z' } as OrderEvent;
  for (const story of [
    [...PACKAGING, cancelRequested(10)],
    [...PACKAGING, cancelRequested(10), escalated],
  ]) {
    const { state } = given(order, ...story)
      .when(ship, late)
      .then(refused, gone);
    assert.equal([state.status, state.cancellation], ['SHIPPED', undefined]);
  }
});

test('what is not good is made again, more urgently, under a new epoch', () => {
  for (const story of [COMPLETED, PACKAGING]) {
    for (const as of [QUINN, BOSS]) {
      const { state } = given(order, ...story)
        .when(rework, { as, facts: TARIFFS })
        .then(reworked(1));
      assert.equal([state.status, state.priority, state.epoch], ['MANUFACTURING_APPROVED', 1, 2]);
      assert.is(state.capture, null);
    }
  }
});

test('nothing is more urgent than 3', () => {
  const urgent: OrderEvent = { type: 'priority-set', priority: 3 };
  given(order, ...COMPLETED, urgent)
    .when(rework, { as: QUINN, facts: TARIFFS })
    .then(reworked(3));
});

test('a former holder does not go on where it was when the order is made again', () => {
  given(order, ...COMPLETED, reworked(1))
    .when({ type: 'start', epoch: 1 }, { as: OLGA })
    .thenRefused('stale_epoch', { epoch: 2, holder: null });
});

test('only what is made and in the house is made again', () => {
  for (const story of outside('MANUFACTURING_COMPLETED', 'PACKAGING')) {
    given(order, ...story)
      .when(rework, { as: QUINN, facts: TARIFFS })
      .thenRefused('wrong_status');
  }
  given(order, ...COMPLETED)
    .when({ ...rework, reason: 'mood' }, { as: QUINN, facts: TARIFFS })
    .thenRefused('invalid', { errors: [{ path: '/reason', rule: 'unknown reason' }] });
  given(order, ...COMPLETED)
    .when(rework, { as: PIA, facts: TARIFFS })
    .thenRefused('forbidden');
  given(order, ...COMPLETED)
    .when(rework, { as: { ...QUINN, site: 'south' }, facts: TARIFFS })
    .thenRefused('wrong_site');
});
