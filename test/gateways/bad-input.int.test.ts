import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { Api, type Reply } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { type Rest, withRest } from './open-rest.ts';
import { SETTINGS, STL } from './rest-story.ts';

const test = spec<Rest>('bad input', withRest, { deadlineMs: 20_000 });

const told = ({ status, body }: Reply): [number, string] => [status, body.code];

/** Nothing of a refused request is kept. */
async function nothingStored({ core }: Rest): Promise<void> {
  const { rows } = await core.pool.query(
    'select (select count(*) from models) as models, (select count(*) from people) as people, (select count(*) from notes) as notes',
  );
  assert.equal(rows[0], { models: '0', people: '0', notes: '0' });
  const log = await core.pool.query("select count(*) as n from actor_log where kind = 'order'");
  assert.is(log.rows[0].n, '0');
}

const uploads: readonly (readonly [string, (buyer: Api) => Promise<Reply>, readonly [number, string]])[] = [
  ['no bytes', (buyer) => buyer.upload(new Uint8Array(0), 'x.stl'), [422, 'not_a_model']],
  ['no STL', (buyer) => buyer.upload(Buffer.from('%PDF-1.7 is no model'), 'x.stl'), [422, 'not_a_model']],
  ['a truncated STL', (buyer) => buyer.upload(STL.subarray(0, 500), 'x.stl'), [422, 'not_a_model']],
  ['more than the limit', (buyer) => buyer.upload(Buffer.alloc(1_000_001), 'x.stl'), [413, 'too_large']],
  ['a broken name', (buyer) => buyer.upload(STL, 'x', { headers: { 'x-filename': '%E0%A4%A' } }), [422, 'invalid']],
];
for (const [what, send, expected] of uploads) {
  test(`${what}: a clear answer, nothing stored`, async (rest) => {
    const buyer = await rest.as('buyer');
    assert.equal(told(await send(buyer)), expected);
    await nothingStored(rest);
  });
}

test('fields of a wrong type, unknown ones and wrong values are told by their paths, nothing is stored', async (rest) => {
  const buyer = await rest.as('buyer');
  const model = randomUUID();
  const settings = (change: object) => ({ model, settings: { ...SETTINGS, ...change } });
  const bodies: readonly (readonly [object, string])[] = [
    [{ model: 7, settings: SETTINGS }, '/model'],
    [{ model: 'x', settings: SETTINGS }, '/model'],
    [{ model }, '/settings'],
    [{ ...settings({}), extra: 1 }, '/extra'],
    [settings({ extra: 1 }), '/settings/extra'],
    [settings({ quantity: -1 }), '/settings/quantity'],
    [settings({ quantity: 0.5 }), '/settings/quantity'],
    [settings({ quantity: '1' }), '/settings/quantity'],
    [settings({ quantity: 1e15 }), '/settings/quantity'],
    [settings({ material: null }), '/settings/material'],
    [settings({ finish: 'ra\u0000w' }), '/settings/finish'],
    [{ ...settings({}), note: 'a\u0000b' }, '/note'],
    [{ ...settings({}), note: '\ud800' }, '/note'],
    [{ ...settings({}), note: 'x'.repeat(1_000_000) }, '/note'],
    [{ ...settings({}), contact: '' }, '/contact'],
    [{ ...settings({}), site: '../north' }, '/site'],
  ];
  for (const [body, path] of bodies) {
    const reply = await buyer.post('/api/orders', body, { key: randomUUID() });
    assert.equal(told(reply), [422, 'invalid'], path);
    assert.ok(
      reply.body.errors.some((fault: { path: string }) => fault.path === path),
      `${path}: ${JSON.stringify(reply.body)}`,
    );
  }
  await nothingStored(rest);
});

test('a note of more than a megabyte is 413', async (rest) => {
  const buyer = await rest.as('buyer');
  const body = { model: randomUUID(), settings: SETTINGS, note: 'x'.repeat(1_100_000) };
  assert.equal(told(await buyer.post('/api/orders', body, { key: 'k' })), [413, 'too_large']);
  await nothingStored(rest);
});

test('an unknown material, site or quantity above the site’s is told by its path', async ({ as }) => {
  const buyer = await as('buyer');
  const { model } = (await buyer.upload(STL, 'x.stl')).body;
  const bodies: readonly (readonly [object, string])[] = [
    [{ settings: { ...SETTINGS, material: 'unobtainium' } }, '/settings/material'],
    [{ settings: { ...SETTINGS, quantity: 9_999 }, site: 'north' }, '/settings/quantity'],
    [{ settings: SETTINGS, site: 'nowhere' }, '/site'],
  ];
  for (const [body, path] of bodies) {
    const reply = await buyer.post('/api/orders', { model, ...body }, { key: randomUUID() });
    assert.equal(told(reply), [422, 'invalid'], path);
    assert.equal(reply.body.errors[0].path, path);
  }
});

test('foreign and unknown orders are the same 404, for every read and command', async ({ as, orderOf }) => {
  const [owner, buyer] = [await as('buyer'), await as('buyer')];
  const { id } = await orderOf(owner);
  for (const other of [id, randomUUID(), 'x', '..%2f', `${id}x`]) {
    const replies = [
      await buyer.get(`/api/orders/${other}`),
      await buyer.get(`/api/orders/${other}/timeline`),
      await buyer.order(other, 'submit'),
      await buyer.order(other, 'submit', { extra: 1 }),
      await buyer.order(other, 'approve', { priceVersion: 1 }),
      await buyer.post(`/api/orders/${other}/approve`, { priceVersion: 1 }),
      await buyer.order(other, 'capture', { epoch: 0 }),
    ];
    for (const reply of replies) assert.equal([...told(reply), reply.body.order], [404, 'not_found', undefined], other);
  }
});

test('a foreign model is as unknown as any other', async ({ as }) => {
  const [owner, buyer] = [await as('buyer'), await as('buyer')];
  const { model } = (await owner.upload(STL, 'mine.stl')).body;
  assert.is((await owner.get(`/api/models/${model}`)).body.name, 'mine.stl');
  for (const id of [model, randomUUID()]) {
    assert.equal(told(await buyer.get(`/api/models/${id}`)), [404, 'not_found']);
    const reply = await buyer.post('/api/orders', { model: id, settings: SETTINGS }, { key: randomUUID() });
    assert.equal([...told(reply), reply.body.errors[0].path], [422, 'invalid', '/model']);
  }
});

test('staff of another site reads 404 and is told wrong_site when it commands', async ({ as, orderOf }) => {
  const [buyer, south] = [await as('buyer'), await as('operator', { site: 'south' })];
  const { id } = await orderOf(buyer, 'MANUFACTURING_APPROVED');
  assert.equal(told(await south.get(`/api/orders/${id}`)), [404, 'not_found']);
  const refused = await south.order(id, 'capture', { epoch: 0 });
  assert.equal([...told(refused), refused.body.order], [409, 'wrong_site', undefined]);
  const stale = await south.order(id, 'capture', { epoch: 0 }, { headers: { 'if-match': '"1"' } });
  assert.is(stale.body.order, undefined);
});

test('what needs a key is 428 without one', async ({ as, orderOf }) => {
  const buyer = await as('buyer');
  const { model } = (await buyer.upload(STL, 'x.stl')).body;
  assert.equal(told(await buyer.post('/api/orders', { model, settings: SETTINGS })), [428, 'idempotency_key_required']);
  const { id } = await orderOf(buyer, 'PRICE_CALCULATED');
  assert.equal(told(await buyer.post(`/api/orders/${id}/approve`, { priceVersion: 1 })), [
    428,
    'idempotency_key_required',
  ]);
});

test('a command nobody offers is 404, one of another role 403', async ({ as, orderOf }) => {
  const [buyer, operator] = [await as('buyer'), await as('operator', { site: 'north' })];
  const { id } = await orderOf(buyer);
  for (const type of ['priced', 'expire', 'create', 'constructor', '__proto__']) {
    assert.equal(told(await buyer.order(id, type)), [404, 'not_found'], type);
  }
  assert.equal(told(await operator.order(id, 'submit')), [403, 'forbidden']);
  assert.equal(told(await buyer.order(id, 'capture', { epoch: 0 })), [403, 'forbidden']);
});

test('expired, forged and revoked tokens are 401 everywhere', async ({ as, url }) => {
  const buyer = await as('buyer');
  await buyer.call('DELETE', '/api/session');
  const [head, body, signature] = (buyer.token ?? '').split('.');
  const forged = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  for (const token of [buyer.token, `${forged}.${body}.`, `${head}.${body}.${signature?.toLowerCase()}`, 'x', 'ak_1']) {
    const api = new Api(url, { token: token ?? '', id: '', name: '' });
    assert.equal(told(await api.get('/api/orders')), [401, 'unauthenticated'], token);
    assert.equal(told(await api.order(randomUUID(), 'submit')), [401, 'unauthenticated'], token);
  }
});

test('a page of another origin can do nothing with the cookie', async ({ as, url }) => {
  const buyer = await as('buyer');
  const headers = { cookie: `andon=${buyer.token}`, origin: 'http://evil.test' };
  const api = new Api(url);
  assert.equal(told(await api.post('/api/session/renew', {}, { headers })), [403, 'bad_origin']);
  assert.equal(told(await api.call('DELETE', '/api/session', undefined, { headers })), [403, 'bad_origin']);
  assert.is((await api.get('/api/orders', { headers })).status, 200);
});

test('a sign-up needs a login that is free and a password of eight characters', async ({ url }) => {
  const api = new Api(url);
  const buyer = { name: 'Bea', contact: 'bea@example.com', login: 'bea', password: 'long enough' };
  const made = await api.post('/api/buyers', buyer);
  assert.equal([made.status, made.body.roles, made.body.name], [200, ['buyer'], 'Bea']);
  assert.match(made.headers.get('set-cookie') ?? '', /^andon=.+HttpOnly/);
  assert.equal(told(await api.post('/api/buyers', buyer)), [409, 'login_taken']);
  assert.equal(told(await api.post('/api/buyers', { ...buyer, login: 'b2', password: 'short' })), [422, 'invalid']);
  assert.equal(told(await api.post('/api/buyers', { ...buyer, login: 'b3', roles: ['supervisor'] })), [422, 'invalid']);
});

test('the catalogue is public, kept for a moment, and the same for everybody', async ({ url }) => {
  const first = await new Api(url).get('/api/catalog');
  assert.equal(
    [first.status, first.headers.get('cache-control')],
    [200, 'public, max-age=15, stale-while-revalidate=30'],
  );
  const { id, currency, limits } = first.body.sites[0];
  assert.equal({ id, currency, limits }, { id: 'north', currency: 'EUR', limits: { quantity: 1_000 } });
  assert.ok(first.body.materials[0].finishes[0].id && first.body.reasons['request-cancel'][0].id);
  const tag = first.headers.get('etag') ?? '';
  assert.is((await new Api(url).get('/api/catalog', { headers: { 'if-none-match': tag } })).status, 304);
});
