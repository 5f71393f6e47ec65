import * as assert from 'uvu/assert';
import { order } from '../../actors/order/order.ts';
import { type Priced, price } from '../../actors/pricing/price.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, atMinute, COMMAND, given } from './given.ts';
import { job, ofJob, result } from './price-result.ts';
import {
  ACME,
  APPROVED,
  BO,
  BOOK,
  CRM,
  created,
  ENGINEER,
  INITIATED,
  MODEL,
  PRICE_CALCULATED,
  PRICE_FAILED,
  PRICING,
  priced,
  pricingFailed,
  pricingStarted,
  SETTINGS,
  SOLID,
  SUBMITTED,
  SYSTEM,
  submitted,
  TARIFFS,
  VALID_UNTIL,
} from './world.ts';

const test = spec('from submission to approval');

test('submission asks for a price of this revision', () => {
  const { emission, state } = given(order, ...INITIATED)
    .when({ type: 'submit' }, { as: BO })
    .then(submitted);
  assert.equal(emission.jobs, [{ id: uuid5(COMMAND, 'price'), kind: 'price', payload: { order: ACTOR, revision: 1 } }]);
  assert.is(state.statusSince, atMinute(1));
});

test('a partner’s job counts against its share', () => {
  const own = { ...created, tenant: ACME.tenant, owner: ACME.id } as typeof created;
  const { emission } = given(order, own).when({ type: 'submit' }, { as: ACME }).then(submitted);
  assert.is(emission.jobs[0]!.share, ACME.tenant);
});

test('an order is submitted once', () => {
  given(order, ...SUBMITTED)
    .when({ type: 'submit' }, { as: BO })
    .thenRefused('wrong_status', { status: 'SUBMITTED', allowed: ['INITIATED'] });
});

const measured = {
  ...created,
  model: { id: MODEL.id, name: MODEL.name, bytes: MODEL.bytes, facts: SOLID },
} as typeof created;

test('the price of a model that was measured before is there at once, and holds for a while', () => {
  const due = '2026-03-09T08:01:00.000Z';
  const calculated = price(BOOK[0]!, SETTINGS, SOLID) as Priced;
  const { state, emission } = given(order, measured)
    .when({ type: 'submit' }, { as: BO, facts: TARIFFS })
    .then(submitted, {
      type: 'priced',
      revision: 1,
      price: { version: 1, ...calculated, validUntil: due, tariff: 'hash-north' },
      facts: SOLID,
    });
  assert.equal([state.status, state.priceVersion], ['PRICE_CALCULATED', 1]);
  const payload = { order: ACTOR, name: 'price', version: 1 };
  assert.equal(emission.jobs, [{ id: uuid5(COMMAND, 'timer:price'), kind: 'timer', payload, due }]);
});

test('what can’t be priced at once is looked at by the job', () => {
  const huge = { ...SOLID, sizeMm: [9_000, 1, 1] as const };
  const large = { ...measured, model: { ...MODEL, facts: huge } } as typeof created;
  for (const [story, facts] of [
    [large, TARIFFS],
    [measured, {}],
  ] as const) {
    const { emission } = given(order, story).when({ type: 'submit' }, { as: BO, facts }).then(submitted);
    assert.is(emission.jobs[0]!.kind, 'price');
  }
});

test('nothing can be done to an order that does not exist', () => {
  given(order).when({ type: 'submit' }, { as: BO }).thenRefused('not_found');
});

test('an engineer, who may read everything, may not submit', () => {
  given(order, ...INITIATED)
    .when({ type: 'submit' }, { as: ENGINEER })
    .thenRefused('forbidden');
});

test('pricing starts once; a second attempt goes on without a new event', () => {
  given(order, ...SUBMITTED)
    .when({ type: 'pricing-started', ...ofJob }, { as: SYSTEM })
    .then(pricingStarted);
  given(order, ...PRICING)
    .when({ type: 'pricing-started', ...ofJob }, { as: SYSTEM })
    .then();
});

test('that the model can not be read is said once, and once that it can be', () => {
  const awaits = { type: 'pricing-started', revision: 1, storage: true } as const;
  const says = { type: 'pricing-started', ...ofJob, storage: true } as const;
  given(order, ...SUBMITTED)
    .when(says, { as: SYSTEM })
    .then(awaits);
  given(order, ...PRICING)
    .when(says, { as: SYSTEM })
    .then(awaits);
  given(order, ...PRICING, awaits)
    .when(says, { as: SYSTEM })
    .then();
  given(order, ...PRICING, awaits)
    .when({ type: 'pricing-started', ...ofJob }, { as: SYSTEM })
    .then(pricingStarted);
  given(order, ...PRICE_FAILED)
    .when(says, { as: SYSTEM })
    .then();
});

test('a job driven again after a failure may start', () => {
  given(order, ...PRICE_FAILED)
    .when({ type: 'pricing-started', ...ofJob }, { as: SYSTEM })
    .then();
});

test('a job of an older revision or a later status is obsolete', () => {
  given(order, ...SUBMITTED)
    .when({ type: 'pricing-started', revision: 0, job }, { as: SYSTEM })
    .thenRefused('wrong_status');
  for (const story of [INITIATED, PRICE_CALCULATED, APPROVED]) {
    given(order, ...story)
      .when({ type: 'pricing-started', ...ofJob }, { as: SYSTEM })
      .thenRefused('wrong_status');
    given(order, ...story)
      .when(result(), { as: SYSTEM })
      .thenRefused('wrong_status');
    given(order, ...story)
      .when({ type: 'pricing-failed', ...ofJob, reason: 'not-closed' }, { as: SYSTEM })
      .thenRefused('wrong_status');
  }
});

test('a price is taken, holds for a while, and finishes its job', () => {
  const { emission, state } = given(order, ...PRICING)
    .when(result(), { as: SYSTEM, after: 0 })
    .then(priced);
  assert.equal(emission.done, [job]);
  const payload = { order: ACTOR, name: 'price', version: 1 };
  assert.equal(emission.jobs, [{ id: uuid5(COMMAND, 'timer:price'), kind: 'timer', payload, due: VALID_UNTIL }]);
  assert.is(state.price?.validUntil, VALID_UNTIL);
  assert.equal(state.model.facts, SOLID);
});

test('a price may come without a start, and after a failure', () => {
  given(order, ...SUBMITTED)
    .when(result(), { as: SYSTEM, after: 0 })
    .then(priced);
  const { state } = given(order, ...PRICE_FAILED)
    .when(result(), { as: SYSTEM, after: 0 })
    .then(priced);
  assert.is(state.priceFailure, undefined);
});

test('the version of a price is never used twice', () => {
  const { state } = given(order, ...PRICE_CALCULATED, pricingFailed)
    .when(result(), { as: SYSTEM, after: 0 })
    .then({
      ...priced,
      price: { ...(priced as Extract<typeof priced, { type: 'priced' }>).price, version: 2 },
    } as typeof priced);
  assert.is(state.priceVersion, 2);
});

test('lines that do not add up are refused', () => {
  given(order, ...PRICING)
    .when({ ...result(), amount: 1 }, { as: SYSTEM })
    .thenRefused('invalid');
});

test('a failed price says why and finishes its job', () => {
  const { emission, state } = given(order, ...PRICING)
    .when({ type: 'pricing-failed', ...ofJob, reason: 'not-closed' }, { as: SYSTEM })
    .then(pricingFailed);
  assert.equal(emission.done, [job]);
  assert.is(state.priceFailure, 'not-closed');
  assert.is(state.price, undefined);
});

test('no person may send what jobs send', () => {
  for (const as of [BO, CRM, ENGINEER])
    given(order, ...PRICING)
      .when(result(), { as })
      .thenRefused('forbidden');
});
