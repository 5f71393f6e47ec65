import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { Api, type Reply, signIn } from '../_kit/api.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { binaryStl, box } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { approvedOrder, createOrder, cube, newBuyer, operators, settings } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';

interface World {
  readonly product: Product;
  readonly buyer: Api;
  readonly other: Api;
  readonly db: pg.Client;
}

const test = spec<World>(
  'bad input',
  async (lend) => {
    const product = await startProduct({
      env: { ANDON_UPLOAD_BYTES: '100000', ANDON_SIGNUPS_PER_MINUTE: '1000' },
    });
    const owner = (await product.status()).servers.find(({ name }) => name === 'postgres');
    const db = new pg.Client(owner?.url);
    try {
      await db.connect();
      await lend({ product, buyer: await newBuyer(product.url), other: await newBuyer(product.url), db });
    } finally {
      await db.end();
      await product.close();
    }
  },
  { deadlineMs: 90_000, shared: true },
);

/** How many rows there are of everything that a request could store. */
async function stored(db: pg.Client): Promise<string> {
  const { rows } = await db.query(
    `SELECT (SELECT count(*) FROM actor_log) AS log, (SELECT count(*) FROM models) AS models, (SELECT count(*) FROM claims) AS claims,
            (SELECT count(*) FROM jobs) AS jobs, (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM notes) AS notes`,
  );
  return JSON.stringify(rows[0]);
}

async function refused(
  db: pg.Client,
  title: string,
  sent: () => Promise<Reply>,
  status: number,
  code: string,
  path?: string,
): Promise<Reply> {
  const before = await stored(db);
  const reply = await sent();
  assert.is(`${reply.status} ${reply.body.code}`, `${status} ${code}`, title);
  assert.is(reply.headers.get('content-type'), 'application/problem+json', title);
  if (path !== undefined) {
    const paths = reply.body.errors.map((e: { path: string }) => e.path);
    assert.ok(paths.includes(path), `${title}: ${path} in ${paths}`);
    assert.ok(
      reply.body.errors.every((e: { rule: string }) => e.rule !== ''),
      title,
    );
  }
  assert.is(await stored(db), before, `${title}: nothing is stored`);
  return reply;
}

const truncated = (): Uint8Array => cube().slice(0, -20);
function withNumber(value: number): Uint8Array {
  const stl = Buffer.from(cube());
  stl.writeFloatLE(value, 84 + 12);
  return stl;
}

test('files that are no model are refused at the door', async ({ buyer, db }) => {
  const files: [string, Uint8Array, number, string][] = [
    ['no bytes', new Uint8Array(), 422, 'not_a_model'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1'), 422, 'not_a_model'],
    ['text', Buffer.from('this is no model at all, only words'.repeat(10)), 422, 'not_a_model'],
    ['truncated', truncated(), 422, 'not_a_model'],
    ['longer than its count says', Buffer.concat([cube(), Buffer.alloc(50)]), 422, 'not_a_model'],
    ['over the limit', Buffer.alloc(100_001), 413, 'too_large'],
  ];
  for (const [title, bytes, status, code] of files)
    await refused(db, title, () => buyer.upload(bytes, 'x.stl'), status, code);
});

test('models that only parsing shows to be bad end in PRICE_FAILED with a reason', async ({ buyer }) => {
  const files: [string, Uint8Array, string][] = [
    ['NaN', withNumber(Number.NaN), 'not-finite'],
    ['infinity', withNumber(Number.POSITIVE_INFINITY), 'not-finite'],
    ['no triangles', binaryStl([]), 'no-triangles'],
    [
      'not closed',
      cube()
        .slice(0, 84 + 50 * 11)
        .map((byte, i) => (i === 80 ? 11 : byte)),
      'not-closed',
    ],
    ['larger than any machine', binaryStl(box(5_000, 10, 10)), 'too-large'],
  ];
  for (const [title, stl, reason] of files) {
    const { id } = await createOrder(buyer, { stl });
    assert.is((await buyer.order(id, 'submit')).status, 200, title);
    const order = await until(`${title} has failed`, async () => {
      const { body } = await buyer.get(`/api/orders/${id}`);
      return body.status === 'PRICE_FAILED' && body;
    });
    assert.is(order.waiting.for, 'crm', title);
    assert.is(order.waiting.reason, reason, title);
  }
});

test('wrong fields are named with their rule', async ({ buyer, db }) => {
  const model = (await buyer.upload(cube(), 'cube.stl')).body.model;
  const good = { model, settings: await settings(buyer), site: 'north' };
  const bad: [string, object, string][] = [
    ['a number for an id', { ...good, model: 7 }, '/model'],
    ['text for settings', { ...good, settings: 'gold' }, '/settings'],
    ['an unknown field', { ...good, colour: 'red' }, '/colour'],
    ['an unknown field inside', { ...good, settings: { ...good.settings, shine: 1 } }, '/settings/shine'],
    ['a missing field', { settings: good.settings }, '/model'],
    ['an unknown material', { ...good, settings: { ...good.settings, material: 'unobtainium' } }, '/settings/material'],
    ['an unknown urgency', { ...good, settings: { ...good.settings, urgency: 'yesterday' } }, '/settings/urgency'],
    ['a negative quantity', { ...good, settings: { ...good.settings, quantity: -1 } }, '/settings/quantity'],
    ['half a piece', { ...good, settings: { ...good.settings, quantity: 0.5 } }, '/settings/quantity'],
    ['an unknown site', { ...good, site: 'mars' }, '/site'],
    ['a zero byte', { ...good, note: 'a\u0000b' }, '/note'],
    ['an unknown model', { ...good, model: randomUUID() }, '/model'],
  ];
  for (const [title, body, path] of bad) {
    await refused(db, title, () => buyer.post('/api/orders', body, { key: randomUUID() }), 422, 'invalid', path);
  }
  const send =
    (body: string, type = 'application/json') =>
    () =>
      raw(buyer, '/api/orders', body, { 'content-type': type, 'idempotency-key': randomUUID() });
  await refused(db, 'broken JSON', send('{"model":'), 400, 'malformed');
  await refused(db, 'a list', send('[]'), 400, 'malformed');
  await refused(db, 'a form', send('a=b', 'application/x-www-form-urlencoded'), 415, 'unsupported_media_type');
  await refused(
    db,
    'a note of a megabyte',
    () => buyer.post('/api/orders', { ...good, note: 'x'.repeat(1_100_000) }, { key: randomUUID() }),
    413,
    'too_large',
  );
  await refused(
    db,
    'a note over its limit',
    () => buyer.post('/api/orders', { ...good, note: 'x'.repeat(2_001) }, { key: randomUUID() }),
    422,
    'invalid',
    '/note',
  );
  await refused(db, 'no key', () => buyer.post('/api/orders', good), 428, 'idempotency_key_required');
  await refused(
    db,
    'a key of 201 characters',
    () => buyer.post('/api/orders', good, { key: 'k'.repeat(201) }),
    422,
    'invalid',
  );
  await refused(db, 'an unknown query', () => buyer.get('/api/orders?colour=red'), 422, 'invalid', '/colour');
  await refused(db, 'a page of 0', () => buyer.get('/api/orders?limit=0'), 422, 'invalid', '/limit');
  await refused(db, 'a cursor that is none', () => buyer.get('/api/orders?cursor=nonsense'), 422, 'invalid', '/cursor');
  await refused(db, 'an unknown route', () => buyer.get('/api/nothing'), 404, 'not_found');
  await refused(db, 'an unknown command', () => buyer.order(randomUUID(), 'explode'), 404, 'not_found');
  await refused(db, 'a wrong method', () => buyer.call('DELETE', '/api/catalog'), 405, 'method_not_allowed');
});

const raw = (api: Api, path: string, body: string, headers: Record<string, string>): Promise<Reply> =>
  api.raw('POST', path, body, { headers });

const b64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('expired, forged and revoked tokens open nothing', async ({ product, buyer, db }) => {
  const token = buyer.token ?? '';
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string; sid: string; exp: number };
  const head = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string; kid: string };
  const { kid } = head;
  const { privateKey } = generateKeyPairSync('ed25519');
  const signed = (key = privateKey): Promise<string> =>
    new SignJWT({ ...claims }).setProtectedHeader(head).setExpirationTime('1h').sign(key);
  const forged: [string, string][] = [
    ['garbage', 'garbage'],
    ['empty', '..'],
    ['alg none', `${b64({ alg: 'none', kid })}.${payload}.`],
    ['alg none, signed', `${b64({ alg: 'none', kid })}.${payload}.${signature}`],
    ['HS256', `${b64({ alg: 'HS256', kid })}.${payload}.${signature}`],
    ['another key', await signed()],
    ['another subject', `${header}.${b64({ ...claims, sub: randomUUID() })}.${signature}`],
    ['a later end', `${header}.${b64({ ...claims, exp: claims.exp + 3_600 })}.${signature}`],
    ['no signature', `${header}.${payload}.`],
  ];
  for (const [title, bad] of forged) {
    const eve = new Api(product.url, { token: bad, id: '', name: '' });
    await refused(db, title, () => eve.get('/api/orders'), 401, 'unauthenticated');
    await refused(db, title, () => eve.post('/api/orders', {}, { key: randomUUID() }), 401, 'unauthenticated');
  }
  const revoked = await newBuyer(product.url);
  assert.is((await revoked.call('DELETE', '/api/session')).status, 200);
  await refused(db, 'revoked', () => revoked.get('/api/orders'), 401, 'unauthenticated');
  const secrets = JSON.parse(await readFile(join(product.data, 'secrets.json'), 'utf8')) as { tokenKey: string };
  const ours = createPrivateKey(secrets.tokenKey.replaceAll('\\n', '\n'));
  const short = await newBuyer(product.url);
  const own = JSON.parse(Buffer.from((short.token ?? '').split('.')[1] ?? '', 'base64url').toString()) as typeof claims;
  const ended = (exp: number): Promise<string> =>
    new SignJWT({ ...own }).setProtectedHeader(head).setExpirationTime(exp).sign(ours);
  const now = Math.floor(Date.now() / 1_000);
  assert.is(
    (await new Api(product.url, { token: await ended(now + 60), id: '', name: '' }).get('/api/orders')).status,
    200,
  );
  const expired = new Api(product.url, { token: await ended(now - 1), id: '', name: '' });
  await refused(db, 'expired', () => expired.get('/api/orders'), 401, 'unauthenticated');
});

test('objects of others do not exist', async ({ product, buyer, other, db }) => {
  const { id } = await createOrder(buyer);
  const { model } = (await buyer.upload(cube(), 'mine.stl')).body;
  const unknown = await other.get(`/api/orders/${randomUUID()}`);
  const foreign = await refused(db, 'read', () => other.get(`/api/orders/${id}`), 404, 'not_found');
  assert.equal(foreign.body, unknown.body, 'the same 404 as for an unknown id');
  await refused(db, 'timeline', () => other.get(`/api/orders/${id}/timeline`), 404, 'not_found');
  await refused(db, 'command', () => other.order(id, 'submit'), 404, 'not_found');
  await refused(db, 'command with a wrong field', () => other.order(id, 'submit', { x: 1 }), 404, 'not_found');
  await refused(db, 'a command of another role', () => other.order(id, 'capture', { epoch: 0 }), 404, 'not_found');
  await refused(db, 'model', () => other.get(`/api/models/${model}`), 404, 'not_found');
  await refused(
    db,
    'order of a foreign model',
    async () =>
      other.post('/api/orders', { model, settings: await settings(other), site: 'north' }, { key: randomUUID() }),
    422,
    'invalid',
    '/model',
  );
  await refused(db, 'right order, wrong role', () => buyer.order(id, 'capture', { epoch: 0 }), 403, 'forbidden');
  await refused(db, 'a board for a buyer', () => buyer.get('/api/boards/north?lane=new'), 403, 'forbidden');

  const [south] = await operators(product, 1, { site: 'south' });
  await refused(db, 'an order of another site', () => south!.get(`/api/orders/${id}`), 404, 'not_found');
  await refused(db, 'the board of another site', () => south!.get('/api/boards/north?lane=new'), 403, 'forbidden');
  const approved = await approvedOrder(await newBuyer(product.url));
  await refused(
    db,
    'capture at another site',
    () => south!.order(approved.id, 'capture', { epoch: 0 }),
    409,
    'wrong_site',
  );
});

test('a page of another origin can use neither cookie nor sockets', async ({ product, buyer, db }) => {
  const cookie = `andon=${buyer.token}`;
  const anonymous = new Api(product.url);
  const headers = { cookie, origin: 'https://evil.example' };
  await refused(
    db,
    'foreign origin',
    () => anonymous.post('/api/orders', {}, { headers, key: randomUUID() }),
    403,
    'bad_origin',
  );
  await refused(
    db,
    'no origin',
    () => anonymous.post('/api/orders', {}, { headers: { cookie }, key: randomUUID() }),
    403,
    'bad_origin',
  );
  assert.is((await anonymous.get('/api/orders', { headers: { cookie } })).status, 200, 'reading needs none');

  const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const upgrade = request(`${product.url}/socket.io/?EIO=4&transport=websocket`, {
      headers: {
        ...headers,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.from(randomUUID().slice(0, 16)).toString('base64'),
      },
    });
    upgrade.on('error', reject);
    upgrade.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode, body: '' });
    });
    upgrade.on('response', (response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    upgrade.end();
  });
  assert.is(answer.status, 403);
  assert.is(JSON.parse(answer.body).code, 'bad_origin');
});

test('wrong log-ins are limited, and then the right one too', async ({ product, db }) => {
  const [login] = await product.addUsers('operator', { site: 'north' });
  const anonymous = new Api(product.url);
  const wrong = { login: login!.login, password: 'not this one' };
  for (let i = 0; i < 5; i++)
    await refused(db, 'wrong', () => anonymous.post('/api/session', wrong), 401, 'unauthenticated');
  await refused(db, 'too many', () => anonymous.post('/api/session', wrong), 429, 'too_many');
  const right = await refused(
    db,
    'the right one',
    () => anonymous.post('/api/session', { login: login!.login, password: login!.password }),
    429,
    'too_many',
  );
  assert.ok(Number(right.headers.get('retry-after')) > 0);
  assert.ok(await signIn(product.url, (await product.addUsers('operator', { site: 'north' }))[0]!));
});
