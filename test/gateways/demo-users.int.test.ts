import * as assert from 'uvu/assert';
import { demoUser } from '../../gateways/ops/demo-users.ts';
import { codeOf } from '../../src/errors.ts';
import { setDisabled } from '../../src/identity/user-changes.ts';
import { spec } from '../_kit/spec.ts';
import { codeOfRefusal, type OpenIdentity, withIdentity } from '../identity/open-identity.ts';

const test = spec<OpenIdentity>('users of a demo', withIdentity);

const ANNA = { login: 'anna', name: 'Anna', role: 'operator', site: 'north', known: false };
const address = '127.0.0.1';

/** Asks for her, and tells whose sessions were ended. */
async function ask(pool: OpenIdentity['pool'], user: typeof ANNA) {
  const ended: string[] = [];
  const made = await demoUser(pool, user, async (id) => ended.push(id));
  return { ...made, ended };
}

test('are made once, however often they are asked for', async ({ a, pool }) => {
  const first = await ask(pool, ANNA);
  const { principal } = await a.identity.logIn({ login: 'anna', password: first.password!, address });
  assert.equal([principal.id, principal.roles, principal.site], [first.id, ['operator'], 'north']);
  assert.equal(await ask(pool, { ...ANNA, known: true }), { id: first.id, ended: [] });
  assert.is(await codeOfRefusal(a.identity.logIn({ login: 'anna', password: first.password!, address })), 'ok');
});

test('get a new password where nobody knows theirs, and who was signed in is not any more', async ({ a, pool }) => {
  const first = await ask(pool, ANNA);
  const second = await ask(pool, ANNA);
  assert.equal([second.id, second.ended], [first.id, [first.id]]);
  const code = (password: string) => codeOfRefusal(a.identity.logIn({ login: 'anna', password, address }));
  assert.equal([await code(first.password!), await code(second.password!)], ['unauthenticated', 'ok']);
});

test('never take the place of somebody else, and stay disabled', async ({ pool, user }) => {
  const other = await user({ role: 'buyer', name: 'Anna' });
  const taken = ask(pool, { ...ANNA, login: other.login });
  assert.is(await taken.then(() => 'made', codeOf), 'invalid');
  await ask(pool, ANNA);
  await setDisabled(pool, 'anna', true);
  assert.is((await ask(pool, ANNA)).password, undefined);
});
