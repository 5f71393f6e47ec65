import * as assert from 'uvu/assert';
import type { OrderCommandNamed } from '../../actors/order/commands.ts';
import { order } from '../../actors/order/order.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, COMMAND, given } from './given.ts';
import { ACME, BO, BOOK, created, INITIATED, MODEL, OTHER_BUYER, SETTINGS, SOLID } from './world.ts';

const test = spec('create');
const facts = { tariffs: BOOK, model: MODEL, number: '42' };
const create = (fields: Partial<OrderCommandNamed<'create'>> = {}): OrderCommandNamed<'create'> => ({
  type: 'create',
  model: MODEL.id,
  settings: SETTINGS,
  ...fields,
});

test('a buyer orders its own model at the first site', () => {
  const { state, emission } = given(order).when(create(), { as: BO, facts }).then(created);
  assert.is(state.id, ACTOR);
  assert.is(state.status, 'INITIATED');
  assert.is(state.epoch, 0);
  assert.is(state.revision, 1);
  assert.equal(emission.takes, []);
  const payload = { order: ACTOR, name: 'expire', version: 1 };
  const due = '2026-03-09T08:00:00.000Z';
  assert.equal(emission.jobs, [{ id: uuid5(COMMAND, 'timer:expire'), kind: 'timer', payload, due }]);
});

test('how long an order waits to be submitted is a setting', () => {
  const { emission } = given(order)
    .when(create(), { as: BO, facts: { ...facts, times: { expireMs: 1_000 } } })
    .then(created);
  assert.is(emission.jobs[0]!.due, '2026-03-02T08:00:01.000Z');
});

test('what is known of the model’s shape comes with it', () => {
  const { state } = given(order)
    .when(create(), { as: BO, facts: { ...facts, model: { ...MODEL, facts: SOLID } } })
    .then({
      ...created,
      model: { id: MODEL.id, name: MODEL.name, bytes: MODEL.bytes, facts: SOLID },
    } as typeof created);
  assert.equal(state.model.facts, SOLID);
});

test('an order that names no site goes to the first that makes it', () => {
  const settings = { ...SETTINGS, material: 'pa12', finish: 'smoothed' };
  const expected = { ...created, number: '2-00042', site: 'south', settings } as typeof created;
  given(order).when(create({ settings }), { as: BO, facts }).then(expected);
});

test('the number carries the prefix of the site', () => {
  const settings = { ...SETTINGS, material: 'pa12', finish: 'smoothed' };
  const { state } = given(order)
    .when(create({ site: 'south', settings }), { as: BO, facts })
    .then({ ...created, number: '2-00042', site: 'south', settings } as typeof created);
  assert.is(state.site, 'south');
});

test('contact and note go into the log as ids only', () => {
  const contact = 'Bo Berg, bo@example.org';
  const { emission } = given(order)
    .when(create({ contact, note: 'for Sunday' }), { as: BO, facts })
    .then({ ...created, contact: uuid5(COMMAND, 'contact'), note: uuid5(COMMAND, 'note') } as typeof created);
  assert.not.match(JSON.stringify(emission), 'Berg');
});

test('a reference is claimed per partner', () => {
  const model = { ...MODEL, tenant: ACME.tenant, owner: ACME.id };
  const { emission, state } = given(order)
    .when(create({ reference: 'PO-7' }), { as: ACME, facts: { ...facts, model } })
    .then({ ...created, tenant: ACME.tenant, owner: ACME.id, reference: 'PO-7' } as typeof created);
  assert.equal(emission.takes, [`ref:${ACME.tenant}:PO-7`]);
  assert.is(state.reference, 'PO-7');
});

test('a reference used before is refused and names the order', () => {
  given(order)
    .when(create({ reference: 'PO-7' }), { as: BO, facts, taken: { [`ref:${BO.id}:PO-7`]: 'an-order' } })
    .thenRefused('reference_taken', { order: 'an-order' });
});

test('the same reference of another buyer is no obstacle', () => {
  given(order)
    .when(create({ reference: 'PO-7' }), { as: BO, facts, taken: { [`ref:${OTHER_BUYER.id}:PO-7`]: 'an-order' } })
    .then({ ...created, reference: 'PO-7' } as typeof created);
});

test('a model of somebody else is as unknown as none', () => {
  const errors = [{ path: '/model', rule: 'unknown model' }];
  given(order).when(create(), { as: OTHER_BUYER, facts }).thenRefused('invalid', { errors });
  given(order)
    .when(create(), { as: BO, facts: { tariffs: BOOK, number: '42' } })
    .thenRefused('invalid', { errors });
});

test('what nobody makes is named field by field, whether or not a site is named and known', () => {
  const settings = { material: 'wood', finish: 'waxed', quantity: 2_001, urgency: 'yesterday' };
  const errors = (quantity: string) => [
    { path: '/settings/material', rule: 'unknown material' },
    { path: '/settings/finish', rule: 'unknown finish' },
    { path: '/settings/urgency', rule: 'unknown urgency' },
    { path: '/settings/quantity', rule: quantity },
  ];
  given(order)
    .when(create({ settings }), { as: BO, facts })
    .thenRefused('invalid', { errors: errors('at most 2000') });
  given(order)
    .when(create({ settings, site: 'north' }), { as: BO, facts })
    .thenRefused('invalid', { errors: errors('at most 1000 at north') });
  given(order)
    .when(create({ settings, site: 'west' }), { as: BO, facts: { tariffs: BOOK, number: '42' } })
    .thenRefused('invalid', {
      errors: [
        { path: '/site', rule: 'unknown site' },
        ...errors('at most 2000'),
        { path: '/model', rule: 'unknown model' },
      ],
    });
  given(order)
    .when(create({ settings: { ...SETTINGS, finish: 'dyed' } }), { as: BO, facts })
    .thenRefused('invalid', { errors: [{ path: '/settings/finish', rule: 'not a finish of this material' }] });
});

test('what is made, but not at the site that is named, is told from what nobody makes', () => {
  const refused = (site: string, settings: Partial<typeof SETTINGS>, ...faults: readonly string[]) =>
    given(order)
      .when(create({ site, settings: { ...SETTINGS, ...settings } }), { as: BO, facts })
      .thenRefused('invalid', {
        errors: faults.map((fault) => {
          const [path = '', ...words] = fault.split(' ');
          return { path: `/settings/${path}`, rule: words.join(' ') };
        }),
      });
  refused(
    'south',
    { material: 'gold-585', finish: 'raw' },
    'material not made at south',
    'finish not a finish of this material',
  );
  refused('north', { material: 'pa12', finish: 'smoothed' }, 'finish not made at north');
  refused('north', { quantity: 1_500 }, 'quantity at most 1000 at north');
});

test('what each site makes a part of, but none the whole, is refused as a whole', () => {
  given(order)
    .when(create({ settings: { ...SETTINGS, material: 'gold-585', quantity: 1_500 } }), { as: BO, facts })
    .thenRefused('invalid', { errors: [{ path: '/settings', rule: 'no site makes all of this together' }] });
});

test('an unknown site, or no tariff at all, is refused', () => {
  const errors = [{ path: '/site', rule: 'unknown site' }];
  given(order)
    .when(create({ site: 'west' }), { as: BO, facts })
    .thenRefused('invalid', { errors });
  given(order)
    .when(create(), { as: BO, facts: { model: MODEL, number: '42' } })
    .thenRefused('invalid', { errors });
});

test('an order is created once', () => {
  given(order, ...INITIATED)
    .when(create(), { as: BO, facts })
    .thenRefused('wrong_status');
});

test('without a number nothing is created: that is broken machinery, not a refusal', () => {
  assert.throws(() => given(order).when(create(), { as: BO, facts: { tariffs: BOOK, model: MODEL } }), /number/);
});
