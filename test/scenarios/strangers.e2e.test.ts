/** Who has no right to something, or says to be somebody else, gets nothing and learns nothing. */
import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import * as assert from 'uvu/assert';
import { Api, signIn } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { approvedOrder, createOrder, cube, newBuyer, operators, settings } from '../_kit/story.ts';
import { upgrade } from '../_kit/upgrade.ts';
import { refused, type World, withOutsiders } from './stored-nothing.ts';

const test = spec<World>('strangers', withOutsiders, { deadlineMs: 90_000, shared: true });

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

  const answer = await upgrade(product.url, headers);
  assert.equal([answer.status, answer.code], [403, 'bad_origin']);
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
