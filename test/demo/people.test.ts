import * as assert from 'uvu/assert';
import { between, pick, roll } from '../../demo/chance.ts';
import { customerAct } from '../../demo/decide/customer.ts';
import { packerAct, qualityAct } from '../../demo/decide/floor.ts';
import { carrierAct, crmAct } from '../../demo/decide/office.ts';
import { wish } from '../../demo/decide/wanted.ts';
import { stuckIn } from '../../demo/stuck.ts';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import type { Order } from '../../gateways/contract/order.ts';
import { spec } from '../_kit/spec.ts';
import { ago, cardOf, MANY, NOW, orderOf, REASONS } from './things.ts';

const test = spec('people of the demo');

const MOMENT = { now: NOW, pace: 1 };
const counts = (types: readonly (string | undefined)[]): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const type of types) found[type ?? 'nothing'] = (found[type ?? 'nothing'] ?? 0) + 1;
  return found;
};

test('chance is the same for the same, and even', () => {
  assert.is(roll('a', 1), roll('a', 1));
  const rolls = MANY.map((order) => roll(order, 'x'));
  assert.ok(rolls.every((n) => n >= 0 && n < 1));
  for (let tenth = 0; tenth < 10; tenth++) {
    const there = rolls.filter((n) => Math.floor(10 * n) === tenth).length;
    assert.ok(there > 30 && there < 90, `${there} of 600 in tenth ${tenth}`);
  }
  assert.ok(between(3, 5, 'a') >= 3 && between(3, 5, 'a') < 5);
  assert.is(pick([], 'a'), undefined);
});

test('buyers submit and approve; a few cancel, forget, or come back when the price has expired', () => {
  const price = { version: 1, amount: 100, currency: 'EUR', lines: [], validUntil: ago(-600) };
  const of = (status: Order['status'], more: Partial<Order> = {}) =>
    counts(MANY.map((id) => customerAct(orderOf(id, status, 60, more), REASONS, MOMENT)?.type));
  const { submit = 0, nothing: drafts = 0 } = of('INITIATED');
  assert.ok(submit > 570 && drafts > 2, `${submit} submitted, ${drafts} drafts`);
  const priced = of('PRICE_CALCULATED', { price });
  assert.ok(priced['approve']! > 520 && priced['request-cancel']! > 10 && priced['nothing']! > 5);
  const expired = { for: 'buyer', since: ago(60), reason: 'price-expired' } as const;
  assert.equal(Object.keys(of('PRICE_CALCULATED', { price, waiting: expired })).sort(), ['request-cancel', 'requote']);
  assert.ok(of('MANUFACTURING_STARTED')['request-cancel']! > 10, 'some ask when it is in work');
  assert.equal(of('SHIPPED'), { nothing: 600 });
});

test('nobody decides for what is stopped or to be cancelled', () => {
  const hold = { reason: 'payment', by: {}, since: ago(60) };
  for (const id of MANY) assert.is(customerAct(orderOf(id, 'INITIATED', 60, { hold }), REASONS, MOMENT), undefined);
});

test('what was made is packed and shipped; a little of it is made again', () => {
  const made = MANY.map((order) => cardOf(order, 99, { status: 'MANUFACTURING_COMPLETED', lane: 'made' }));
  assert.is(packerAct(made, MOMENT)?.type, 'pack');
  const shipped = packerAct([cardOf('x', 99, { status: 'PACKAGING', lane: 'made' })], MOMENT);
  assert.is(shipped?.type, 'ship');
  assert.match(String(shipped?.fields['tracking']), /^AN\d{9}$/);
  const again = MANY.filter((_, i) => qualityAct([made[i]!], REASONS, MOMENT)?.type === 'rework').length;
  assert.ok(again > 10 && again < 60, `${again} of 600 are made again`);
  assert.is(packerAct([cardOf('x', 1, { status: 'PACKAGING', lane: 'made' })], MOMENT), undefined);
});

test('sales prices what could not be priced, answers, and resumes only what the demo stopped', () => {
  const office = { ...MOMENT, reasons: REASONS, currencyOf: () => 'EUR', plays: (id: string) => id === 'anna' };
  const waiting = { for: 'crm', since: ago(90), reason: 'not-closed' } as const;
  const failed = MANY.map((id) => crmAct(orderOf(id, 'PRICE_FAILED', 90, { waiting }), office));
  assert.equal(Object.keys(counts(failed.map((one) => one?.type))).sort(), ['reject', 'set-price']);
  assert.is(failed.find((one) => one?.type === 'set-price')?.fields['currency'], 'EUR');
  const stopped = (id: string) =>
    orderOf('x', 'MANUFACTURING_STARTED', 90, { waiting, hold: { reason: 'r', by: { id }, since: ago(90) } });
  assert.is(crmAct(stopped('anna'), office)?.type, 'resume');
  assert.is(crmAct(stopped('victor'), office), undefined);
  const cancellation = { by: {}, reason: 'r', at: ago(90), deadline: ago(-90) };
  const asked = MANY.map((id) => crmAct(orderOf(id, 'PACKAGING', 90, { waiting, cancellation }), office)?.type);
  assert.equal(new Set(asked), new Set(['accept-cancel', 'refuse-cancel']));
  assert.is(carrierAct(orderOf('x', 'SHIPPED', 90), MOMENT)?.type, 'delivered');
});

test('wishes are for what the site makes: metal is worn, the rest is not', () => {
  const urgencies = ['standard', 'rush'].map((id) => ({ id, percent: 100, leadHours: 1 }));
  const site = (id: string, made: Readonly<Record<string, readonly string[]>>): Catalog['sites'][number] => ({
    ...{ id, name: id, currency: 'EUR', limits: { quantity: 1_000 }, urgencies, discounts: [] },
    makes: Object.entries(made).map(([material, finishes]) => ({ material, density: 1, finishes: [...finishes] })),
  });
  const catalog: Catalog = {
    sites: [site('north', { 'silver-925': ['polished'], pa12: ['raw', 'dyed'] }), site('south', { pa12: ['raw'] })],
    ...{ materials: [], urgencies: [], reasons: {}, limits: { quantity: 1_000, uploadBytes: 1 } },
  };
  const north = MANY.map((_, n) => wish(catalog, 'north', 'lena', n)!);
  for (const { model, settings } of north) {
    assert.is(settings.material, model.worn ? 'silver-925' : 'pa12');
    assert.ok(['polished', 'raw', 'dyed'].includes(settings.finish));
    assert.is(settings.finish === 'polished', model.worn);
    assert.ok(settings.quantity >= 1 && settings.quantity <= 20);
  }
  assert.ok(new Set(north.map(({ model }) => model.name)).size > 25);
  const broken = north.filter(({ model }) => model.missing > 0).length;
  assert.ok(broken > 8 && broken < 45, `${broken} of 600 are broken`);
  assert.ok(MANY.every((_, n) => wish(catalog, 'south', 'max', n)?.settings.material === 'pa12'));
  assert.is(wish(catalog, 'moon', 'max', 1), undefined);
});

test('an order is stuck when nobody lets one wait so long; what was stopped waits for a person', () => {
  const hold = { reason: 'quality', by: {}, since: ago(999) };
  const orders = [
    orderOf('a', 'MANUFACTURING_APPROVED', 301),
    orderOf('b', 'MANUFACTURING_APPROVED', 290),
    orderOf('c', 'INITIATED', 900),
    orderOf('d', 'MANUFACTURING_STARTED', 999, { hold }),
  ];
  assert.equal(stuckIn(orders, NOW), ['1-1 MANUFACTURING_APPROVED waits 5 min for buyer: to-approve']);
});
