import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import * as assert from 'uvu/assert';
import { addUsers } from '../../src/identity/users.ts';
import { spec } from '../_kit/spec.ts';
import { codeOfRefusal, type OpenIdentity, PASSWORD, withIdentity } from './open-identity.ts';

const test = spec<OpenIdentity>('log-in', withIdentity, { shared: true, deadlineMs: 20_000 });
const alone = spec<OpenIdentity>('log-in, with a Redis of its own', withIdentity);

const HERE = '127.0.0.1';

test('unknown login and wrong password are the same answer', async ({ a, user }) => {
  const { login } = await user();
  assert.is(await codeOfRefusal(a.identity.logIn({ login, password: 'wrong', address: HERE })), 'unauthenticated');
  assert.is(
    await codeOfRefusal(a.identity.logIn({ login: 'nobody', password: 'x', address: HERE })),
    'unauthenticated',
  );
});

test('after five wrong ones the sixth is told to wait, and so is the right one, on every node', async ({
  a,
  b,
  user,
}) => {
  const { login } = await user();
  for (let i = 0; i < 5; i++) {
    const { identity } = i % 2 ? a : b;
    assert.is(await codeOfRefusal(identity.logIn({ login, password: 'wrong', address: HERE })), 'unauthenticated');
  }
  for (const { identity } of [a, b]) {
    assert.is(await codeOfRefusal(identity.logIn({ login, password: 'wrong', address: HERE })), 'too_many');
    assert.is(await codeOfRefusal(identity.logIn({ login, password: PASSWORD, address: HERE })), 'too_many');
  }
});

test('the limit is of one login from one address', async ({ a, user }) => {
  const [first, second] = [await user(), await user()];
  const wrong = { login: first.login, password: 'wrong', address: HERE };
  for (let i = 0; i < 6; i++) await codeOfRefusal(a.identity.logIn(wrong));
  assert.is(await codeOfRefusal(a.identity.logIn({ ...wrong, password: PASSWORD, address: '10.0.0.1' })), 'ok');
  assert.is(await codeOfRefusal(a.identity.logIn({ login: second.login, password: PASSWORD, address: HERE })), 'ok');
});

test('a password that is changed while it is checked opens nothing, nor does an account that is disabled', async ({
  a,
  pool,
  user,
}) => {
  const { id } = await user();
  const { rows } = await pool.query('SELECT password, tenant, name, roles FROM users WHERE id = $1', [id]);
  const { password, ...person } = rows[0];
  const open = () => a.identity.sessions.open({ id, ...person }, password, Date.now() + 60_000);
  assert.type(await open(), 'string');
  const changing = await pool.connect();
  try {
    await changing.query('BEGIN');
    await changing.query(`UPDATE users SET password = 'another' WHERE id = $1`, [id]);
    const opening = open();
    await changing.query('COMMIT');
    assert.is(await opening, undefined);
  } finally {
    changing.release();
  }
  await pool.query('UPDATE users SET password = $2, disabled_at = now() WHERE id = $1', [id, password]);
  assert.is(await open(), undefined);
});

test('a hundred guesses at once: five are looked at', async ({ a, user }) => {
  const { login } = await user();
  const codes = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      codeOfRefusal(a.identity.logIn({ login, password: `guess ${i}`, address: HERE })),
    ),
  );
  assert.is(codes.filter((code) => code === 'unauthenticated').length, 5);
  assert.is(codes.filter((code) => code === 'too_many').length, 95);
});

test('right ones are not counted, however many', async ({ a, user }) => {
  const { login } = await user();
  const signed = await Promise.all(
    Array.from({ length: 12 }, () => codeOfRefusal(a.identity.logIn({ login, password: PASSWORD, address: HERE }))),
  );
  assert.equal(new Set(signed), new Set(['ok']));
});

alone('the limit holds while Redis is away', async ({ a, server, user }) => {
  const { login } = await user();
  await server.kill();
  const wrong = () => codeOfRefusal(a.identity.logIn({ login, password: 'wrong', address: HERE }));
  for (let i = 0; i < 5; i++) assert.is(await wrong(), 'unauthenticated');
  assert.is(await wrong(), 'too_many');
  assert.is(await codeOfRefusal(a.identity.logIn({ login, password: PASSWORD, address: HERE })), 'too_many');
});

alone('the count ends a minute after the first wrong one', async ({ a, keys, user }) => {
  const { login } = await user();
  await codeOfRefusal(a.identity.logIn({ login, password: 'wrong', address: HERE }));
  const [key] = (await a.redis.call('KEYS', [`${keys.wrongLogIns('')}*`])) as string[];
  const left = Number(await a.redis.call('PTTL', [key!]));
  assert.ok(left > 50_000 && left <= 60_000, `${left}`);
  await codeOfRefusal(a.identity.logIn({ login, password: 'wrong', address: HERE }));
  assert.ok(Number(await a.redis.call('PTTL', [key!])) <= left);
});

test('who signs up is signed in, can sign in, and can be reached', async ({ a, b, pool }) => {
  const buyer = { name: 'Bea', contact: 'bea@example.com', login: 'bea', password: 'long enough' };
  const { principal, token } = await a.identity.signUp(buyer, 'buyer');
  assert.equal(principal.roles, ['buyer']);
  assert.is((await b.identity.principalOf(token)).name, 'Bea');
  await b.identity.logIn({ login: 'BEA', password: 'long enough', address: HERE });
  const { rows } = await pool.query('select contact from people where id = $1', [principal.id]);
  assert.is(rows[0].contact, 'bea@example.com');
});

test('of ten who want the same login one gets it', async ({ a, b }) => {
  const codes = await Promise.all(
    Array.from({ length: 10 }, (_, i) => {
      const buyer = { name: 'x', contact: 'x@y', login: i % 2 ? 'Taken' : 'taken', password: 'long enough' };
      return codeOfRefusal((i % 2 ? a : b).identity.signUp(buyer, 'buyer'));
    }),
  );
  assert.is(codes.filter((code) => code === 'ok').length, 1);
  assert.is(codes.filter((code) => code === 'login_taken').length, 9);
});

const OUTSIDE = '203.0.113.9';

test('one password on many logins: an address is stopped, another one and this machine are not', async ({
  a,
  user,
}) => {
  const { login } = await user();
  // As if ninety-nine had been wrong before.
  const guess = (n: number, address: string) => a.identity.logIn({ login: `guess-${n}`, password: 'x', address });
  await guess(0, OUTSIDE).catch(() => undefined);
  const keys = (await a.redis.call('KEYS', ['*'])) as string[];
  for (const key of keys.filter((one) => one.includes('wrong'))) await a.redis.call('INCRBY', [key, 99]);
  assert.is(await codeOfRefusal(guess(1, OUTSIDE)), 'too_many');
  assert.is(await codeOfRefusal(a.identity.logIn({ login, password: PASSWORD, address: OUTSIDE })), 'too_many');
  assert.is(await codeOfRefusal(a.identity.logIn({ login, password: PASSWORD, address: '203.0.113.10' })), 'ok');
  assert.is(await codeOfRefusal(guess(2, HERE)), 'unauthenticated');
});

test('the addresses of one IPv6 network are one', async ({ a, user }) => {
  const { login } = await user();
  const from = (n: number) => a.identity.logIn({ login, password: 'x', address: `2001:db8::${n}` });
  for (let n = 1; n <= 5; n++) assert.is(await codeOfRefusal(from(n)), 'unauthenticated');
  assert.is(await codeOfRefusal(from(6)), 'too_many');
});

test('a wrong log-in is the same work for an unknown login, a chosen password and a generated one', async ({
  a,
  pool,
  user,
}) => {
  const [chosen, generated] = [await user(), await addUsers(pool, { role: 'crm', count: 1 })];
  const real = crypto.scrypt;
  const costs: string[] = [];
  crypto.scrypt = ((...args: Parameters<typeof real>) => {
    costs.push(JSON.stringify([args[3].N, args[3].r, args[3].p]));
    return real(...args);
  }) as typeof real;
  syncBuiltinESMExports();
  try {
    const work: string[][] = [];
    for (const login of ['nobody-at-all', chosen.login, generated[0]!.login]) {
      costs.length = 0;
      assert.is(await codeOfRefusal(a.identity.logIn({ login, password: 'x', address: HERE })), 'unauthenticated');
      work.push(costs.toSorted());
    }
    assert.equal(work[0]!.length, 2);
    assert.equal([work[1], work[2]], [work[0], work[0]]);
  } finally {
    crypto.scrypt = real;
    syncBuiltinESMExports();
  }
});

test('whoever signs in again gets a session of its own, whatever was shown before', async ({ a, user }) => {
  const { login } = await user();
  const [first, second] = [
    await a.identity.logIn({ login, password: PASSWORD, address: HERE }),
    await a.identity.logIn({ login, password: PASSWORD, address: HERE }),
  ];
  assert.is.not(first.principal.sid, second.principal.sid);
});
