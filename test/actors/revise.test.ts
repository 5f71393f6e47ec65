import * as assert from 'uvu/assert';
import type { OrderEvent } from '../../actors/order/events.ts';
import { order } from '../../actors/order/order.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, COMMAND, given } from './given.ts';
import { ORDER_SAMPLES } from './samples.ts';
import {
  ACME,
  APPROVED,
  ASKED,
  BO,
  CAPTURED,
  CRM,
  created,
  INITIATED,
  MODEL,
  OLGA,
  outside,
  PRICE_CALCULATED,
  PRICE_FAILED,
  PRICING,
  released,
  SETTINGS,
  SOLID,
  STARTED_ALONE,
  SUBMITTED,
  SYSTEM,
  TARIFFS,
} from './world.ts';

const test = spec('another model, other settings');

const OTHER = { ...MODEL, id: 'd0000000-0000-4000-8000-000000000002', name: 'brooch.stl', bytes: 684 };
const attach = { type: 'attach-model', model: OTHER.id } as const;
const attached = (model: object = {}): OrderEvent => ({
  type: 'model-attached',
  model: { id: OTHER.id, name: 'brooch.stl', bytes: 684, ...model },
  revision: 2,
});
const settings = { ...SETTINGS, finish: 'satin', quantity: 3 };
const change = { type: 'change-settings', settings } as const;
const changed: OrderEvent = { type: 'settings-changed', settings, revision: 2 };
const AFTER_SUBMISSION = [SUBMITTED, PRICING, PRICE_CALCULATED, PRICE_FAILED, APPROVED];
const priceJob = { id: uuid5(COMMAND, 'price'), kind: 'price', payload: { order: ACTOR, revision: 2 } };

test('before submission the order stays as it is and nobody asks for a price', () => {
  const model = given(order, ...INITIATED)
    .when(attach, { as: BO, facts: { model: OTHER } })
    .then(attached());
  assert.equal([model.state.status, model.state.revision, model.emission.jobs], ['INITIATED', 2, []]);
  assert.is(model.state.model.name, 'brooch.stl');
  const other = given(order, ...INITIATED)
    .when(change, { as: BO, facts: TARIFFS })
    .then(changed);
  assert.equal([other.state.status, other.state.settings, other.emission.jobs], ['INITIATED', settings, []]);
});

test('after it price and approval are void, and a price of the new revision is asked for', () => {
  for (const story of AFTER_SUBMISSION) {
    for (const { state, emission } of [
      given(order, ...story)
        .when(attach, { as: BO, facts: { model: OTHER } })
        .then(attached()),
      given(order, ...story)
        .when(change, { as: BO, facts: TARIFFS })
        .then(changed),
    ]) {
      assert.equal([state.status, state.revision], ['SUBMITTED', 2]);
      assert.equal([state.price, state.due, state.priceFailure], [undefined, undefined, undefined]);
      const [{ due: _, ...job }] = emission.jobs as [(typeof emission.jobs)[number]];
      assert.equal([emission.jobs.length, job], [1, priceJob]);
    }
  }
});

test('other settings keep the place in the queue, until the order has had its turn', () => {
  for (const [story, since] of [
    [SUBMITTED, given(order, ...SUBMITTED).state.statusSince],
    [PRICING, undefined],
    [PRICE_CALCULATED, undefined],
    [APPROVED, undefined],
  ] as const) {
    const { emission } = given(order, ...story)
      .when(change, { as: BO, facts: TARIFFS })
      .then(changed);
    assert.is(emission.jobs[0]?.due, since);
    const other = given(order, ...story)
      .when(attach, { as: BO, facts: { model: OTHER } })
      .then(attached());
    assert.is(other.emission.jobs[0]?.due, undefined, 'another model is another calculation');
  }
});

test('the price of the model before comes too late and is not applied', () => {
  for (const story of [
    [...PRICING, attached()],
    [...PRICING, changed],
  ]) {
    given(order, ...story)
      .when(ORDER_SAMPLES.priced, { as: SYSTEM })
      .thenRefused('wrong_status');
    given(order, ...story)
      .when({ ...ORDER_SAMPLES.priced, revision: 2 }, { as: SYSTEM })
      .then({
        type: 'priced',
        revision: 2,
        facts: SOLID,
        price: {
          version: 1,
          amount: 3_617,
          currency: 'EUR',
          lines: ORDER_SAMPLES.priced.lines,
          validUntil: '2026-03-09T08:04:00.000Z',
          tariff: 'hash-north',
        },
      });
  }
});

test('what is known of a model’s shape comes with it', () => {
  const { state } = given(order, ...INITIATED)
    .when(attach, { as: BO, facts: { model: { ...OTHER, facts: SOLID } } })
    .then(attached({ facts: SOLID }));
  assert.equal(state.model.facts, SOLID);
});

test('CRM attaches a model of the customer, and changes settings for it', () => {
  given(order, ...PRICE_FAILED)
    .when(attach, { as: CRM, facts: { model: OTHER } })
    .then(attached());
  given(order, ...PRICE_FAILED)
    .when(change, { as: CRM, facts: TARIFFS })
    .then(changed);
});

test('a model of somebody else is as unknown as none, for CRM too', () => {
  const errors = [{ path: '/model', rule: 'unknown model' }];
  const foreign = { ...OTHER, tenant: ACME.tenant, owner: ACME.id };
  for (const as of [BO, CRM]) {
    for (const facts of [{}, { model: foreign }, { model: { ...OTHER, owner: CRM.id } }]) {
      given(order, ...PRICE_CALCULATED)
        .when(attach, { as, facts })
        .thenRefused('invalid', { errors });
    }
  }
});

test('a partner attaches its own', () => {
  const own = { ...created, tenant: ACME.tenant, owner: ACME.id } as typeof created;
  const model = { ...OTHER, tenant: ACME.tenant, owner: ACME.id };
  given(order, own).when(attach, { as: ACME, facts: { model } }).then(attached());
});

test('the same model and equal settings change nothing', () => {
  for (const story of [INITIATED, PRICE_CALCULATED, APPROVED]) {
    given(order, ...story)
      .when({ type: 'attach-model', model: MODEL.id }, { as: BO, facts: { model: MODEL } })
      .then();
    given(order, ...story)
      .when({ type: 'change-settings', settings: { ...SETTINGS } }, { as: BO, facts: TARIFFS })
      .then();
  }
});

test('what the site does not make is named field by field', () => {
  given(order, ...APPROVED)
    .when({ type: 'change-settings', settings: { ...settings, finish: 'waxed' } }, { as: BO, facts: TARIFFS })
    .thenRefused('invalid', { errors: [{ path: '/settings/finish', rule: 'unknown finish' }] });
  given(order, ...APPROVED)
    .when(change, { as: BO })
    .thenRefused('invalid', { errors: [{ path: '/site', rule: 'unknown site' }] });
});

test('what an operator holds is not changed under its hands', () => {
  for (const command of [attach, change]) {
    given(order, ...CAPTURED)
      .when(command, { as: BO, facts: { ...TARIFFS, model: OTHER } })
      .thenRefused('already_captured');
  }
});

test('what is about to be cancelled is not changed', () => {
  for (const command of [attach, change]) {
    given(order, ...ASKED, released(OLGA))
      .when(command, { as: BO, facts: { ...TARIFFS, model: OTHER } })
      .thenRefused('cancel_pending');
  }
});

test('what was begun is not changed any more', () => {
  const early = [
    'INITIATED',
    'SUBMITTED',
    'PRICING',
    'PRICE_CALCULATED',
    'PRICE_FAILED',
    'MANUFACTURING_APPROVED',
  ] as const;
  for (const story of [...outside(...early), STARTED_ALONE]) {
    for (const command of [attach, change]) {
      given(order, ...story)
        .when(command, { as: BO, facts: { ...TARIFFS, model: OTHER } })
        .thenRefused('wrong_status', { status: given(order, ...story).state.status, allowed: [...early] });
    }
  }
});
