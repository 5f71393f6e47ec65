import * as assert from 'uvu/assert';
import { addUsers, listOperators } from '../../src/identity/users.ts';
import { spec } from '../_kit/spec.ts';
import { codeOfRefusal, type OpenIdentity, withIdentity } from './open-identity.ts';

const test = spec<OpenIdentity>('users', withIdentity);

const HERE = '127.0.0.1';

test('users get numbered logins and random passwords that work', async ({ a, pool }) => {
  const made = await addUsers(pool, { role: 'operator', site: 'north', count: 3 });
  assert.equal(
    made.map(({ login }) => login),
    ['operator-north-1', 'operator-north-2', 'operator-north-3'],
  );
  assert.is(new Set(made.map(({ password }) => password)).size, 3);
  const { principal } = await a.identity.logIn({ ...made[1]!, address: HERE });
  assert.equal([principal.id, principal.roles, principal.site], [made[1]!.id, ['operator'], 'north']);
});

test('numbers go on where they ended, per role and site', async ({ pool }) => {
  await addUsers(pool, { role: 'operator', site: 'north', count: 2 });
  const [next] = await addUsers(pool, { role: 'operator', site: 'north', count: 1 });
  const [south] = await addUsers(pool, { role: 'operator', site: 'south', count: 1 });
  const [engineer] = await addUsers(pool, { role: 'engineer', count: 1 });
  assert.equal([next!.login, south!.login, engineer!.login], ['operator-north-3', 'operator-south-1', 'engineer-1']);
});

test('two who add users at once share the numbers out', async ({ pool }) => {
  const runs = await Promise.all([1, 2, 3].map(() => addUsers(pool, { role: 'packer', site: 'north', count: 5 })));
  assert.is(new Set(runs.flat().map(({ login }) => login)).size, 15);
});

test('a disabled user can’t sign in', async ({ a, pool }) => {
  const [user] = await addUsers(pool, { role: 'crm', count: 1 });
  assert.is(await codeOfRefusal(a.identity.logIn({ ...user!, address: HERE })), 'ok');
  await pool.query('update users set disabled_at = now() where id = $1', [user!.id]);
  assert.is(await codeOfRefusal(a.identity.logIn({ ...user!, address: HERE })), 'unauthenticated');
});

test('operators are listed by site, page by page', async ({ pool }) => {
  await addUsers(pool, { role: 'operator', site: 'north', count: 3 });
  await addUsers(pool, { role: 'operator', site: 'south', count: 1 });
  await addUsers(pool, { role: 'supervisor', site: 'north', count: 1 });
  const first = await listOperators(pool, { site: 'north', after: '', limit: 2 });
  const rest = await listOperators(pool, { site: 'north', after: first[1]!.login, limit: 2 });
  assert.equal(
    [...first, ...rest].map(({ login }) => login),
    ['operator-north-1', 'operator-north-2', 'operator-north-3'],
  );
  assert.is((await listOperators(pool, { after: '', limit: 10 })).length, 4);
});

test('names of staff are known by id, those of buyers are not given out', async ({ a, user }) => {
  const operator = await user({ name: 'Olga' });
  const buyer = await user({ role: 'buyer', name: 'Bea' });
  const { directory } = a;
  assert.is(directory.nameOf(operator.id), undefined);
  await directory.know([operator.id, buyer.id, 'price']);
  assert.is(directory.nameOf(operator.id), 'Olga');
  assert.is(directory.nameOf(buyer.id), undefined);
});

test('a name once known is not asked for again; names asked together are one statement', async ({ a, pool, user }) => {
  const people = await Promise.all([1, 2, 3].map(() => user()));
  let asked = 0;
  const query = pool.query.bind(pool);
  pool.query = ((...args: unknown[]) => {
    asked += 1;
    return (query as (...all: unknown[]) => unknown)(...args);
  }) as typeof pool.query;
  await Promise.all(people.map(({ id }) => a.directory.know([id])));
  await a.directory.know(people.map(({ id }) => id));
  assert.is(asked, 1);
});
