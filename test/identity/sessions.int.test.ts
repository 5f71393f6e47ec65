import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { codeOfRefusal, type OpenIdentity, PASSWORD, withIdentity } from './open-identity.ts';

const test = spec<OpenIdentity>('sessions', withIdentity, { shared: true });
const alone = spec<OpenIdentity>('sessions, with a Redis of its own', withIdentity);

const signIn = async ({ a, user }: OpenIdentity) => {
  const { id, login } = await user();
  const signed = await a.identity.logIn({ login, password: PASSWORD, address: '127.0.0.1' });
  return { id, login, ...signed };
};

test('a token names its person on every node', async (open) => {
  const { token, id } = await signIn(open);
  for (const { identity } of [open.a, open.b]) {
    const { name, roles, site, tenant, ...rest } = await identity.principalOf(token);
    assert.equal({ name, roles, site, tenant }, { name: 'Olga', roles: ['operator'], site: 'north', tenant: 'house' });
    assert.is(rest.id, id);
  }
});

test('a login counts in any case', async ({ a, user }) => {
  const { login } = await user();
  await a.identity.logIn({ login: login.toUpperCase(), password: PASSWORD, address: '127.0.0.1' });
});

test('once revoked, a token is refused on every node', async (open) => {
  const { token, principal } = await signIn(open);
  await open.b.identity.principalOf(token);
  await open.a.identity.logOut(principal);
  for (const { identity } of [open.a, open.b]) {
    assert.is(await codeOfRefusal(identity.principalOf(token)), 'unauthenticated');
  }
});

test('a revocation ends one session, not the others of the same user', async (open) => {
  const { login, principal } = await signIn(open);
  const other = await open.b.identity.logIn({ login, password: PASSWORD, address: '127.0.0.1' });
  await open.a.identity.logOut(principal);
  assert.is((await open.a.identity.principalOf(other.token)).sid, other.principal.sid);
});

test('who read a session before its revocation cannot bring it back', async (open) => {
  const { token, principal } = await signIn(open);
  const { keys, a, b } = open;
  await a.identity.logOut(principal);
  await b.redis.call('SET', [keys.session(principal.sid), '{}', 'PX', 60_000, 'NX']);
  assert.is(await codeOfRefusal(b.identity.principalOf(token)), 'unauthenticated');
});

test('a revocation is told to all nodes', async (open) => {
  const { principal } = await signIn(open);
  const told: string[] = [];
  const listener = open.b.redis.dedicated('test', { offlineQueue: true });
  listener.on('message', (_: string, sid: string) => told.push(sid));
  await listener.subscribe(open.keys.sessionsEnded());
  await open.a.identity.logOut(principal);
  await until('the message', () => told.includes(principal.sid));
});

alone('a session is read from Redis while Postgres is asked nothing', async (open) => {
  const { token } = await signIn(open);
  const { pool, b } = open;
  await b.identity.principalOf(token);
  let asked = 0;
  const query = pool.query.bind(pool);
  pool.query = ((...args: unknown[]) => {
    asked += 1;
    return (query as (...all: unknown[]) => unknown)(...args);
  }) as typeof pool.query;
  await Promise.all(Array.from({ length: 200 }, () => b.identity.principalOf(token)));
  assert.is(asked, 0);
});

alone('with Redis gone Postgres answers, and knows who was revoked', async (open) => {
  const { token, principal, login } = await signIn(open);
  const other = await open.a.identity.logIn({ login, password: PASSWORD, address: '127.0.0.1' });
  await open.server.kill();
  assert.is((await open.b.identity.principalOf(token)).sid, principal.sid);
  await open.a.identity.logOut(principal);
  assert.is(await codeOfRefusal(open.b.identity.principalOf(token)), 'unauthenticated');
  assert.is((await open.b.identity.principalOf(other.token)).sid, other.principal.sid);
});

test('after Redis was emptied a revoked session stays revoked', async (open) => {
  const { token, principal } = await signIn(open);
  await open.a.identity.logOut(principal);
  await open.a.redis.call('FLUSHALL', []);
  assert.is(await codeOfRefusal(open.b.identity.principalOf(token)), 'unauthenticated');
});

test('a disabled user’s sessions are over once Redis has forgotten them', async (open) => {
  const { token, id } = await signIn(open);
  await open.pool.query('update users set disabled_at = now() where id = $1', [id]);
  await open.a.redis.call('FLUSHALL', []);
  assert.is(await codeOfRefusal(open.b.identity.principalOf(token)), 'unauthenticated');
});

test('renewing gives a later token of the same session; a revoked one is not renewed', async (open) => {
  const { principal, token } = await signIn(open);
  const renewed = await open.b.identity.renew(principal);
  assert.is(renewed.principal.sid, principal.sid);
  assert.ok(renewed.principal.expiresAt >= principal.expiresAt);
  await open.a.identity.principalOf(renewed.token);
  await open.a.identity.logOut(principal);
  assert.is(await codeOfRefusal(open.b.identity.renew(principal)), 'unauthenticated');
  assert.is(await codeOfRefusal(open.b.identity.principalOf(token)), 'unauthenticated');
});

test('a token of ours with the session of somebody else is refused', async (open) => {
  const first = await signIn(open);
  const second = await signIn(open);
  const { Tokens } = await import('../../src/identity/tokens.ts');
  const { KEY } = await import('./open-identity.ts');
  const { sub, expiresAt } = { sub: first.id, expiresAt: first.principal.expiresAt };
  const mixed = await (await Tokens.open(KEY)).sign({ sub, sid: second.principal.sid, expiresAt });
  assert.is(await codeOfRefusal(open.a.identity.principalOf(mixed)), 'unauthenticated');
});

alone('a session in use is remembered for longer than Postgres may be away', async (open) => {
  const { token, principal } = await signIn(open);
  const { a, keys, pool } = open;
  const key = keys.session(principal.sid);
  await a.identity.principalOf(token);
  // As it stands just before it is forgotten, at a node that has not looked it up lately.
  await a.redis.call('PEXPIRE', [key, 5_000]);
  await open.b.identity.principalOf(token);
  await until('it is looked up again', async () => Number(await a.redis.call('PTTL', [key])) > 300_000);
  pool.query = (() => Promise.reject(new Error('away'))) as typeof pool.query;
  assert.is((await a.identity.principalOf(token)).sid, principal.sid);
});

alone('a session that ended without Redis being told is marked by the next look-up', async (open) => {
  const { token, principal, id } = await signIn(open);
  const { a, b, keys, pool } = open;
  await a.identity.principalOf(token);
  await pool.query('update users set disabled_at = now() where id = $1', [id]);
  await b.identity.principalOf(token);
  await until('it is marked', async () => (await a.redis.call('GET', [keys.session(principal.sid)])) === 'ended');
  for (const { identity } of [a, b]) assert.is(await codeOfRefusal(identity.principalOf(token)), 'unauthenticated');
});
