import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { revokePartnerKey } from '../../src/identity/partner-keys.ts';
import { Api, type Reply } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { modelOf, orderFields, partnerOf, send } from './open-partners.ts';
import { type Rest, withRest } from './open-rest.ts';
import { SETTINGS, STL } from './rest-story.ts';

const test = spec<Rest>('partners over REST', withRest, { deadlineMs: 30_000 });

const said = ({ status, body }: Reply): string => `${status} ${body.code}`;

test('a partner uploads a model, orders it under its own number and has it made', async (rest) => {
  const { api } = await partnerOf(rest);
  const model = await modelOf(api);
  const made = await send(api, '/v1/orders', orderFields(model, 'PO-1'));
  assert.equal([made.status, made.body.reference, made.body.status], [201, 'PO-1', 'INITIATED']);
  assert.is(made.headers.get('etag'), '"1"');
  assert.is(made.body.waiting.for, 'partner');
  const { id } = made.body;
  assert.is(
    (await send(api, `/v1/orders/${id}/change-settings`, { settings: { ...SETTINGS, quantity: 3 } })).status,
    200,
  );
  assert.is((await send(api, `/v1/orders/${id}/submit`)).body.status, 'SUBMITTED');
  const cancelled = await send(api, `/v1/orders/${id}/request-cancel`, { reason: 'changed-mind' });
  assert.equal([cancelled.status, cancelled.body.status], [200, 'CANCELLED'], JSON.stringify(cancelled.body));
  const { body } = await api.get(`/v1/orders/${id}/timeline`);
  assert.equal(
    body.items.map(({ type }: { type: string }) => type),
    ['created', 'settings-changed', 'submitted', 'cancelled'],
  );
  assert.equal(body.items[0].by, { role: 'partner', id: api.id });
});

test('a key works on /v1 alone, and nothing else works there', async (rest) => {
  const { api, apiKey } = await partnerOf(rest);
  const buyer = await rest.as('buyer');
  const cookie = new Api(rest.url);
  for (const [what, answer] of [
    ['a key on /api', await api.get('/api/orders')],
    ['a session on /v1', await buyer.get('/v1/orders')],
    ['nothing', await cookie.get('/v1/orders')],
    ['a key as a cookie', await cookie.get('/v1/orders', { headers: { cookie: `andon=${apiKey}` } })],
    [
      'a key with one letter changed',
      await new Api(rest.url, { token: `${apiKey.slice(0, -1)}!`, id: '', name: '' }).get('/v1/orders'),
    ],
    ['an unknown key', await new Api(rest.url, { token: `ak_${'x'.repeat(32)}`, id: '', name: '' }).get('/v1/orders')],
  ] as const)
    assert.is(said(answer), '401 unauthenticated', what);
  assert.is((await api.get('/v1/orders')).status, 200);
});

test('a revoked key is refused within two seconds, the other keys of its company go on', async (rest) => {
  const first = await partnerOf(rest);
  const second = await partnerOf(rest, { name: first.name });
  assert.is(second.id, first.id, 'one company');
  assert.is((await first.api.get('/v1/orders')).status, 200);
  await revokePartnerKey(rest.core.pool, first.keyId);
  await until('it is refused', async () => (await first.api.get('/v1/orders')).status === 401, 2_000);
  assert.is((await second.api.get('/v1/orders')).status, 200);
});

test('an expired key is refused', async (rest) => {
  const { api } = await partnerOf(rest, { expiresAt: Date.now() + 700 });
  assert.is((await api.get('/v1/orders')).status, 200);
  await until('it is refused', async () => (await api.get('/v1/orders')).status === 401, 2_000);
  const past = await partnerOf(rest, { expiresAt: Date.now() - 1 });
  assert.is(said(await past.api.get('/v1/orders')), '401 unauthenticated');
});

test('what a key is not for is forbidden by name, and does nothing', async (rest) => {
  const whole = await partnerOf(rest);
  const model = await modelOf(whole.api);
  const { id } = (await send(whole.api, '/v1/orders', orderFields(model))).body;
  const with_ = async (...scopes: string[]) => (await partnerOf(rest, { name: whole.name, scopes })).api;
  const [reads, writes] = [await with_('orders:read'), await with_('orders:write')];
  const refused: [Reply, string][] = [
    [await send(reads, '/v1/orders', orderFields(model)), 'orders:write'],
    [await send(reads, `/v1/orders/${id}/submit`), 'orders:write'],
    [await send(reads, '/v1/orders/batch', { orders: [orderFields(model)] }), 'orders:write'],
    [await send(reads, '/v1/models', STL), 'models:write'],
    [await reads.get('/v1/events'), 'events:read'],
    [await writes.get('/v1/orders'), 'orders:read'],
    [await writes.get(`/v1/orders/${id}`), 'orders:read'],
    [await writes.get(`/v1/orders/${id}/timeline`), 'orders:read'],
  ];
  for (const [answer, scope] of refused) assert.equal([said(answer), answer.body.scope], ['403 forbidden', scope]);
  assert.is((await reads.get(`/v1/orders/${id}`)).body.status, 'INITIATED');
  assert.is((await send(writes, `/v1/orders/${id}/submit`)).status, 200);
});

test('an order of another partner, of a buyer, and an unknown one are all the same: not there', async (rest) => {
  const [one, other] = [await partnerOf(rest), await partnerOf(rest)];
  const model = await modelOf(other.api);
  const foreign = (await send(other.api, '/v1/orders', orderFields(model, 'PO-1'))).body.id;
  const bought = (await rest.orderOf(await rest.as('buyer'))).id;
  for (const id of [foreign, bought, randomUUID(), 'no-id']) {
    for (const answer of [
      await one.api.get(`/v1/orders/${id}`),
      await one.api.get(`/v1/orders/${id}/timeline`),
      await send(one.api, `/v1/orders/${id}/submit`),
      await send(one.api, `/v1/orders/${id}/approve`, { nonsense: true }),
    ])
      assert.is(said(answer), '404 not_found');
  }
  assert.is(said(await send(one.api, '/v1/orders', orderFields(model))), '422 invalid', 'nor is its model');
  assert.equal((await one.api.get('/v1/orders?reference=PO-1')).body, { items: [], next: null });
});

test('every write needs a key; a repeat is the same answer, marked, under another key of the company too', async (rest) => {
  const first = await partnerOf(rest);
  const model = await modelOf(first.api);
  const order = (await send(first.api, '/v1/orders', orderFields(model))).body;
  const keyless: Reply[] = [
    await first.api.call('POST', '/v1/models', STL),
    await first.api.post('/v1/orders', orderFields(model)),
    await first.api.post('/v1/orders/batch', { orders: [orderFields(model)] }),
    await first.api.post(`/v1/orders/${order.id}/submit`),
  ];
  for (const answer of keyless) assert.is(said(answer), '428 idempotency_key_required');
  const second = await partnerOf(rest, { name: first.name });
  const key = randomUUID();
  const made = await send(first.api, '/v1/orders', orderFields(model, 'A'), { key });
  const again = await send(second.api, '/v1/orders', orderFields(model, 'A'), { key });
  assert.equal([again.status, again.body], [201, made.body]);
  assert.equal(
    [made, again].map(({ headers }) => headers.get('idempotent-replay')),
    [null, 'true'],
  );
  const reused = await send(second.api, '/v1/orders', orderFields(model, 'B'), { key });
  assert.is(said(reused), '422 idempotency_key_reused');
});

test('a reference is a partner’s for ever, and only that partner’s', async (rest) => {
  const [one, other] = [await partnerOf(rest), await partnerOf(rest)];
  const [mine, theirs] = [await modelOf(one.api), await modelOf(other.api)];
  const { id } = (await send(one.api, '/v1/orders', orderFields(mine, 'PO-7'))).body;
  const taken = await send(one.api, '/v1/orders', orderFields(mine, 'PO-7'));
  assert.equal([said(taken), taken.body.order], ['409 reference_taken', id]);
  assert.is((await send(other.api, '/v1/orders', orderFields(theirs, 'PO-7'))).status, 201);
  const found = await one.api.get('/v1/orders?reference=PO-7');
  assert.equal(
    found.body.items.map((item: { id: string }) => item.id),
    [id],
  );
  assert.equal((await one.api.get('/v1/orders?reference=PO-7&status=CLOSED')).body.items, []);
});

test('orders are read with an ETag, listed page by page, and only one’s own', async (rest) => {
  rest.keep();
  const { api } = await partnerOf(rest);
  await rest.orderOf(await rest.as('buyer'));
  const model = await modelOf(api);
  const orders = ['A', 'B', 'C'].map((reference) => orderFields(model, reference));
  const { items } = (await send(api, '/v1/orders/batch', { orders })).body;
  const ids: string[] = items.map((item: { order: { id: string } }) => item.order.id);
  const listed = async (): Promise<string[]> => {
    const all: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const { body } = await api.get(`/v1/orders?limit=2${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`);
      all.push(...body.items.map(({ id }: { id: string }) => id));
      next = body.next;
    }
    return all.sort();
  };
  await until('all are listed', async () => (await listed()).length === 3);
  assert.equal(await listed(), [...ids].sort());
  const whole = await api.get(`/v1/orders/${ids[0]}`);
  assert.equal(whole.body, items[0].order);
  const same = await api.get(`/v1/orders/${ids[0]}`, { headers: { 'if-none-match': whole.headers.get('etag') ?? '' } });
  assert.is(same.status, 304);
  for (const query of ['status=NEW', 'limit=0', 'cursor=nonsense', 'partner=x'])
    assert.is(said(await api.get(`/v1/orders?${query}`)), '422 invalid', query);
});

test('operators stay unnamed', async (rest) => {
  const { api } = await partnerOf(rest);
  const operator = await rest.as('operator', { site: 'north' });
  const model = await modelOf(api);
  const { id } = (await send(api, '/v1/orders', { ...orderFields(model), site: 'north' })).body;
  await send(api, `/v1/orders/${id}/submit`);
  await rest.priced(id);
  const approved = await send(api, `/v1/orders/${id}/approve`, { priceVersion: 1 });
  assert.is(approved.status, 200, JSON.stringify(approved.body));
  assert.is((await operator.order(id, 'capture', { epoch: 0 })).status, 200);
  const told = JSON.stringify([
    (await api.get(`/v1/orders/${id}`)).body,
    (await api.get(`/v1/orders/${id}/timeline`)).body,
  ]);
  assert.ok(told.includes('captured'));
  for (const secret of [operator.id, operator.name]) assert.not(told.includes(secret));
});
