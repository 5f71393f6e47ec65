import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Rest, withRest } from './open-rest.ts';

const test = spec<Rest>('the floor over REST', withRest, { deadlineMs: 20_000 });

test('me is oneself: start and end a shift, twice without harm', async ({ as }) => {
  const operator = await as('operator', { site: 'north' });
  const ended = await operator.post('/api/operators/me/end-shift', {}, { key: randomUUID() });
  assert.equal([ended.status, ended.body.operator.onShift, ended.body.ok], [200, false, true]);
  const started = await operator.post('/api/operators/me/start-shift');
  const again = await operator.post(`/api/operators/${operator.id}/start-shift`);
  assert.equal([again.status, again.body.version], [200, started.body.version]);
});

test('an operator counts what it holds, up to its limit', async ({ as, orderOf }) => {
  const [buyer, operator] = [await as('buyer'), await as('operator', { site: 'north', limit: 1 })];
  const [first, second] = [
    await orderOf(buyer, 'MANUFACTURING_APPROVED'),
    await orderOf(buyer, 'MANUFACTURING_APPROVED'),
  ];
  await operator.order(first.id, 'capture', { epoch: 0 });
  const { status, body } = await operator.order(second.id, 'capture', { epoch: 0 });
  assert.equal([status, body.code, body.held, body.limit], [409, 'wip_limit', 1, 1]);
  const { items } = (await operator.get('/api/operators')).body;
  const me = items.find(({ id }: { id: string }) => id === operator.id);
  assert.equal([me.held, me.limit, me.name, me.site, me.onShift], [1, 1, operator.name, 'north', true]);
});

test('a limit is a supervisor’s to set, at its own site', async ({ as }) => {
  const [operator, boss, elsewhere] = [
    await as('operator', { site: 'north' }),
    await as('supervisor', { site: 'north' }),
    await as('supervisor', { site: 'south' }),
  ];
  const path = `/api/operators/${operator.id}/set-limit`;
  assert.is((await boss.post(path, { limit: 9 })).body.operator.limit, 9);
  assert.equal((await operator.post(path, { limit: 99 })).body.code, 'forbidden');
  assert.equal((await elsewhere.post(path, { limit: 99 })).body.code, 'wrong_site');
  for (const limit of [0, 1_001, 'x', null]) assert.is((await boss.post(path, { limit })).status, 422, String(limit));
});

test('nobody ends the shift of a colleague; an unknown operator is 404 first', async ({ as }) => {
  const [operator, colleague] = [await as('operator', { site: 'north' }), await as('operator', { site: 'north' })];
  const end = (id: string) => operator.post(`/api/operators/${id}/end-shift`);
  assert.equal(
    [(await end(colleague.id)).status, (await end(randomUUID())).status, (await end('x')).status],
    [403, 404, 404],
  );
});

test('a board is for those who work there', async ({ as }) => {
  const [buyer, south, boss] = [await as('buyer'), await as('operator', { site: 'south' }), await as('supervisor')];
  const path = '/api/boards/north?lane=new';
  assert.equal([(await buyer.get(path)).status, (await south.get(path)).status], [403, 403]);
  assert.is((await boss.get(path)).status, 200);
  assert.equal((await boss.get('/api/boards/nowhere?lane=new')).body.code, 'not_found');
  for (const query of ['', 'lane=old', 'lane=new&sort=size', 'lane=new&cursor=x', 'lane=new&limit=0']) {
    assert.is((await boss.get(`/api/boards/north?${query}`)).status, 422, query);
  }
});

test('a page of the board shows cards with names, counts of whole lanes and where to go on', async ({
  as,
  orderOf,
  keep,
}) => {
  keep();
  const [buyer, operator] = [await as('buyer'), await as('operator', { site: 'north' })];
  const orders = [1, 2, 3].map(() => orderOf(buyer, 'MANUFACTURING_APPROVED'));
  const [taken] = await Promise.all(orders);
  await operator.order(taken!.id, 'capture', { epoch: 0 });
  const read = async (query: string) => (await operator.get(`/api/boards/north?${query}`)).body;
  await until('the board', async () => {
    const { counts } = await read('lane=new');
    return counts.new === 2 && counts.in_work === 1;
  });
  const first = await read('lane=new&limit=1');
  const second = await read(`lane=new&limit=1&cursor=${first.next}`);
  assert.equal([first.items.length, second.items.length, second.next], [1, 1, null]);
  assert.is.not(first.items[0].order, second.items[0].order);
  assert.equal(first.counts, { new: 2, in_work: 1, made: 0 });
  const [card] = (await read('lane=in_work&sort=urgent')).items;
  assert.equal(card.capture.operator, { id: operator.id, name: operator.name });
  assert.equal([card.order, card.epoch, card.lane], [taken!.id, 1, 'in_work']);
});

test('alive, ready, figures and the description are there for everybody on this machine', async ({ url }) => {
  for (const path of ['/livez', '/readyz', '/metrics', '/openapi.json'])
    assert.is((await fetch(`${url}${path}`)).status, 200, path);
  const description = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, unknown> };
  for (const path of [
    '/api/orders/{id}/capture',
    '/api/operators/{id}/start-shift',
    '/api/orders',
    '/api/boards/{site}',
  ]) {
    assert.ok(description.paths[path], path);
  }
});
