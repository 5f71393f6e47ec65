import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { generatePassword } from '../../src/identity/passwords.ts';
import { addUser } from '../../src/identity/users.ts';
import { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { type Rest, withRest } from './open-rest.ts';
import { OWN } from './wire-rest.ts';

const test = spec<Rest>('sessions over REST', withRest, { deadlineMs: 20_000 });

async function newUser({ core }: Rest): Promise<{ login: string; password: string }> {
  const { password, hash } = await generatePassword();
  const login = `supervisor-${randomUUID()}`;
  await addUser(core.pool, { login, name: 'Sue', roles: ['supervisor'], site: 'north', hash });
  return { login, password };
}

const cookieIn = (headers: Headers): string => (headers.get('set-cookie') ?? '').split(';')[0]!;

test('who signs in is told who it is, until when, and gets a cookie', async (rest) => {
  const { status, body, headers } = await new Api(rest.url).post('/api/session', await newUser(rest));
  assert.is(status, 200);
  assert.equal(Object.keys(body).sort(), ['expiresAt', 'id', 'name', 'roles', 'site', 'token']);
  assert.equal([body.name, body.roles, body.site], ['Sue', ['supervisor'], 'north']);
  const left = Date.parse(body.expiresAt) - Date.now();
  assert.ok(left > 800_000 && left <= 901_000, `${left}`);
  assert.is(cookieIn(headers), `andon=${body.token}`);
  assert.match(headers.get('set-cookie') ?? '', /HttpOnly; SameSite=Lax/);
  assert.is(headers.get('cache-control'), 'no-store');
});

test('the cookie reads; with our Origin it also writes', async (rest) => {
  const api = new Api(rest.url);
  const cookie = cookieIn((await api.post('/api/session', await newUser(rest))).headers);
  assert.is((await api.get('/api/orders', { headers: { cookie } })).status, 200);
  assert.is((await api.post('/api/session/renew', {}, { headers: { cookie } })).body.code, 'bad_origin');
  const renewed = await api.post('/api/session/renew', {}, { headers: { cookie, origin: OWN } });
  assert.is(renewed.status, 200);
  assert.match(cookieIn(renewed.headers), /^andon=.+/);
});

test('who signs out is out, and its cookie is taken away', async (rest) => {
  const api = new Api(rest.url);
  const cookie = cookieIn((await api.post('/api/session', await newUser(rest))).headers);
  const out = await api.call('DELETE', '/api/session', undefined, { headers: { cookie, origin: OWN } });
  assert.equal([out.status, cookieIn(out.headers)], [200, 'andon=']);
  assert.equal((await api.get('/api/orders', { headers: { cookie } })).body.code, 'unauthenticated');
});

test('the sixth wrong log-in of a minute is 429 with the limit, and so is the right one', async (rest) => {
  const api = new Api(rest.url);
  const { login, password } = await newUser(rest);
  for (let i = 0; i < 5; i++) {
    assert.is((await api.post('/api/session', { login, password: 'wrong' })).status, 401);
  }
  for (const word of ['wrong', password]) {
    const { status, body, headers } = await api.post('/api/session', { login, password: word });
    assert.equal([status, body.code, body.limit, headers.get('retry-after')], [429, 'too_many', 5, '60']);
  }
});

test('a log-in of a wrong shape is 422 and says nothing about the login', async ({ url }) => {
  for (const body of [{}, { login: 'x' }, { login: 'x', password: 7 }, { login: 'x', password: 'y', role: 'crm' }]) {
    assert.is((await new Api(url).post('/api/session', body)).body.code, 'invalid', JSON.stringify(body));
  }
});

test('the cookie is for TLS alone where the caller speaks TLS to a known proxy', async ({ as, url }) => {
  const buyer = await as('buyer');
  const cookieOf = async (headers: Record<string, string>): Promise<string> =>
    (await buyer.post('/api/session/renew', {}, { headers })).headers.get('set-cookie') ?? '';
  const plain = await cookieOf({});
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/']) assert.ok(plain.includes(part), part);
  assert.not(/Secure|Domain=/.test(plain));
  assert.match(await cookieOf({ 'x-forwarded-proto': 'https' }), /; Secure$/);
  const out = await fetch(`${url}/api/session`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${buyer.token}` },
  });
  assert.match(out.headers.get('set-cookie') ?? '', /^andon=; .*Max-Age=0/);
});

test('a cookie and an address that a caller brought along do not become its session', async ({ as, url }) => {
  const planted = await as('buyer');
  const signUp = { name: 'Bea', contact: 'x@y', login: `bea-${planted.id}`, password: 'long enough' };
  const headers = { cookie: `andon=${planted.token}`, 'content-type': 'application/json' };
  const { body } = await new Api(url).post('/api/buyers', signUp, { headers });
  const sid = (token: string): string => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sid;
  assert.is.not(sid(body.token), sid(planted.token!));
  const same = await new Api(url).post('/api/buyers', { ...signUp, login: 'Same-as-it', password: 'same-AS-it' });
  assert.equal([same.status, same.body.errors[0].path], [422, '/password']);
});
