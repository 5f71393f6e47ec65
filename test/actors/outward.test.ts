import * as assert from 'uvu/assert';
import { outward as operatorOutward } from '../../actors/operator/outward.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import { outward } from '../../actors/order/outward.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR } from './given.ts';
import { logOf } from './log.ts';
import { ACME, BO, BY_STATUS, CAPTURED, CRM, captured, created, held, INITIATED, MODEL, OLGA } from './world.ts';

const test = spec('events told outside');

const newest = (story: readonly OrderEvent[]) => outward(logOf(story).at(-1)!)[0]!;

test('have the outward name, the site, and what the event says', () => {
  assert.equal(newest(CAPTURED), { type: 'order.captured', site: 'north', data: { operator: OLGA.id, slot: 1 } });
});

test('come one by one of a row with several', () => {
  const [row] = logOf(INITIATED);
  const both = outward({ ...row!, events: [captured(OLGA), { type: 'manufacturing-started', operator: OLGA.id }] });
  assert.equal(
    both.map(({ type }) => type),
    ['order.captured', 'order.manufacturing-started'],
  );
});

test('name the partner of a partner’s order', () => {
  const theirs = { ...created, tenant: ACME.tenant, owner: ACME.id } as OrderEvent;
  assert.is(newest([theirs]).tenant, ACME.tenant);
  assert.is(newest([created]).tenant, undefined);
});

test('never lead to the customer, whatever happens to the order', () => {
  const secret = 'b1000000-0000-4000-8000-000000000009';
  const told: OrderEvent = { ...created, contact: secret, note: secret } as OrderEvent;
  const byThem: OrderEvent[] = [
    { type: 'cancelled', by: BO.id, reason: 'changed-mind' },
    { ...held(CRM), note: secret } as OrderEvent,
  ];
  for (const story of [...Object.values(BY_STATUS), ...byThem.map((event) => [...INITIATED, event])]) {
    for (const row of logOf([told, ...story.slice(1)])) {
      const text = JSON.stringify(outward(row));
      for (const inside of [BO.id, secret, MODEL.name]) assert.not.ok(text.includes(inside), `${inside} in ${text}`);
    }
  }
});

test('are told of operators too', () => {
  const after = { id: ACTOR, site: 'north', onShift: true, limit: 7 };
  const row = { ...logOf(INITIATED)[0]!, kind: 'operator', after, events: [{ type: 'limit-set', limit: 7 } as const] };
  assert.equal(operatorOutward(row), [{ type: 'operator.limit-set', site: 'north', data: { limit: 7 } }]);
});
