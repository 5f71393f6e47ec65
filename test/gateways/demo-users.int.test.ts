import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { demoKey } from '../../gateways/ops/demo-key.ts';
import { checkAlone, type DemoUser, demoUser, disableDemoUsers } from '../../gateways/ops/demo-users.ts';
import { codeOf } from '../../src/errors.ts';
import { digestWith } from '../../src/identity/api-key.ts';
import { addPartnerKey, listPartnerKeys, revokePartnerKey } from '../../src/identity/partner-keys.ts';
import { hashGenerated } from '../../src/identity/passwords.ts';
import { setPassword } from '../../src/identity/user-changes.ts';
import { spec } from '../_kit/spec.ts';
import { codeOfRefusal, type OpenIdentity, withIdentity } from '../identity/open-identity.ts';

const test = spec<OpenIdentity>('users of a demo', withIdentity);

const ANNA = { login: 'anna', name: 'Anna', role: 'operator', site: 'north' };
const address = '127.0.0.1';

/** Asks for her, and tells whose sessions were ended. */
async function ask(pool: OpenIdentity['pool'], user: DemoUser) {
  const ended: string[] = [];
  const made = await demoUser(pool, user, async (id) => ended.push(id));
  return { ...made, ended };
}

test('are made once, however often they are asked for', async ({ a, pool }) => {
  const first = await ask(pool, ANNA);
  const { principal } = await a.identity.logIn({ login: 'anna', password: first.password!, address });
  assert.equal([principal.id, principal.roles, principal.site], [first.id, ['operator'], 'north']);
  assert.equal(await ask(pool, { ...ANNA, password: first.password! }), { id: first.id, ended: [] });
  assert.is(await codeOfRefusal(a.identity.logIn({ login: 'anna', password: first.password!, address })), 'ok');
});

test('get a new password where nobody knows theirs, and who was signed in is not any more', async ({ a, pool }) => {
  const first = await ask(pool, ANNA);
  const second = await ask(pool, ANNA);
  assert.equal([second.id, second.ended], [first.id, [first.id]]);
  const code = (password: string) => codeOfRefusal(a.identity.logIn({ login: 'anna', password, address }));
  assert.equal([await code(first.password!), await code(second.password!)], ['unauthenticated', 'ok']);
});

test('get a new password where theirs was changed', async ({ a, pool }) => {
  const first = await ask(pool, ANNA);
  await setPassword(pool, 'anna', await hashGenerated('what Victor chose'));
  const second = await ask(pool, { ...ANNA, password: first.password! });
  assert.equal(second.ended, [first.id]);
  const code = (password: string) => codeOfRefusal(a.identity.logIn({ login: 'anna', password, address }));
  assert.equal([await code('what Victor chose'), await code(second.password!)], ['unauthenticated', 'ok']);
});

test('never take the place of somebody else', async ({ pool, user }) => {
  const other = await user({ role: 'buyer', name: 'Anna' });
  const taken = ask(pool, { ...ANNA, login: other.login });
  assert.is(await taken.then(() => 'made', codeOf), 'invalid');
});

test('can be disabled, nobody else with them, and are back with the next demo', async ({ a, pool, user }) => {
  const other = await user({ role: 'engineer', name: 'Egor' });
  const { password = '' } = await ask(pool, ANNA);
  const code = () => codeOfRefusal(a.identity.logIn({ login: 'anna', password, address }));
  const end = () => disableDemoUsers(pool, ['anna', other.login, 'nobody'], async () => 0);
  assert.equal([await end(), await end()], [['anna'], []]);
  assert.is(await code(), 'unauthenticated');
  assert.is((await ask(pool, { ...ANNA, password })).password, undefined);
  assert.is(await code(), 'ok');
});

test('are not made where others work', async ({ pool, user }) => {
  const alone = (first: readonly string[]) => checkAlone(pool, ['anna'], first).then(() => 'alone', codeOf);
  const order = (at: string) =>
    pool.query(
      `INSERT INTO orders (id, number, site, status, tenant, owner, version, waiting_for, priority, recent, urgent, model,
        created_at, updated_at)
      VALUES ($1, '1-1', 'north', 'INITIATED', 'house', 'x', 1, 'buyer', 0, '', '', 'm', ${at}, now())`,
      [randomUUID()],
    );
  const { login } = await user({ role: 'engineer' });
  assert.equal([await alone([login]), await alone([])], ['alone', 'invalid']);
  await ask(pool, ANNA);
  await order('now()');
  assert.is(await alone([]), 'alone', 'the demo is here already, and its orders');
  await order("now() - interval '1 day'");
  assert.is(await alone([login]), 'invalid', 'an order is older than the demo');
});

test('leave one key to their partner: the one that is known, and else a new one', async ({ pool }) => {
  const tools = { pool, digestOf: digestWith('a secret of thirty-two characters') };
  const partner = 'Aurora';
  const live = async () => (await listPartnerKeys(pool)).filter(({ revokedAt }) => revokedAt === null);
  const byHand = await addPartnerKey(pool, tools.digestOf, { partner, scopes: ['orders:read'] });
  const first = await demoKey(tools, partner);
  assert.is(await demoKey(tools, partner, first), undefined);
  const second = await demoKey(tools, partner);
  assert.is((await live()).length, 2, 'the one that nobody knows any more is none');
  assert.is(await demoKey(tools, partner, second), undefined);
  for (const { id } of await live()) if (id !== byHand.id) await revokePartnerKey(pool, id);
  assert.type(await demoKey(tools, partner, second), 'string', 'it was revoked: a new one');
  assert.ok(
    (await live()).some(({ id }) => id === byHand.id),
    'a key made by hand stays',
  );
});
