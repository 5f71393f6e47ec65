import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { Api, type Reply, signIn } from '../_kit/api.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { openRest, type Rest, withSettings } from './open-rest.ts';

const withEnv =
  (env: Readonly<Record<string, string>>): Fixture<Rest> =>
  (lend, title) =>
    withSettings({ env })(async (config) => {
      const node = await openRest(config);
      try {
        await lend(node);
      } finally {
        await node.close();
      }
    }, title);

const test = spec<Rest>('signing up', withEnv({ ANDON_SIGNUPS_PER_MINUTE: '3' }), { deadlineMs: 20_000 });
const closed = spec<Rest>('signing up where it is closed', withEnv({ ANDON_SIGNUP: '0' }));

const newBuyer = (): { name: string; contact: string; login: string; password: string } => ({
  name: 'Bea',
  contact: 'bea@example.com',
  login: `bea-${randomUUID()}`,
  password: 'long enough',
});
const signUp = ({ url }: Rest, body: object, from?: string): Promise<Reply> =>
  new Api(url).post('/api/buyers', body, from === undefined ? {} : { headers: { 'x-forwarded-for': from } });
const users = async ({ core }: Rest): Promise<number> =>
  (await core.pool.query('SELECT FROM users')).rowCount ?? Number.NaN;

test('a new buyer is signed in, may order and sign in again, and its contact stands beside the log', async (rest) => {
  const buyer = newBuyer();
  const { status, body, headers } = await signUp(rest, buyer);
  assert.equal([status, body.roles, body.name, body.site], [200, ['buyer'], 'Bea', undefined]);
  assert.is(headers.get('set-cookie')?.startsWith(`andon=${body.token};`), true);
  assert.is((await rest.orderOf(new Api(rest.url, body))).status, 'INITIATED');
  assert.is((await signIn(rest.url, buyer)).id, body.id);
  const { rows } = await rest.core.pool.query('SELECT name, contact FROM people WHERE id = $1', [body.id]);
  assert.equal(rows, [{ name: 'Bea', contact: 'bea@example.com' }]);
});

test('a login is one person’s, whatever its case; of two at once one gets it', async (rest) => {
  const buyer = newBuyer();
  const both = await Promise.all([signUp(rest, buyer), signUp(rest, { ...buyer, login: buyer.login.toUpperCase() })]);
  assert.equal(both.map(({ status }) => status).sort(), [200, 409]);
  assert.is(both.find(({ status }) => status === 409)?.body.code, 'login_taken');
  assert.is(await users(rest), 1);
});

test('what is wrong with a sign-up is told by its path, and nobody is added', async (rest) => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ password: 'short77' }, '/password'],
    [{ password: undefined }, '/password'],
    [{ login: 'ab' }, '/login'],
    [{ login: 'has spaces' }, '/login'],
    [{ name: '' }, '/name'],
    [{ contact: 'two\nlines' }, '/contact'],
    [{ roles: ['supervisor'] }, '/roles'],
    [{ site: 'north' }, '/site'],
  ];
  for (const [change, path] of wrong) {
    const { status, body } = await signUp(rest, { ...newBuyer(), ...change });
    assert.equal([status, body.code, body.errors[0].path], [422, 'invalid', path]);
  }
  assert.is(await users(rest), 0);
});

test('an address signs up so many buyers a minute, this machine as many as it likes', async (rest) => {
  const codes: string[] = [];
  for (let n = 0; n < 5; n++) codes.push((await signUp(rest, newBuyer(), '203.0.113.7')).body.code ?? 'in');
  assert.equal(codes, ['in', 'in', 'in', 'too_many', 'too_many']);
  const refused = await signUp(rest, newBuyer(), '203.0.113.7');
  assert.equal([refused.status, refused.body.limit, refused.headers.get('retry-after')], [429, 3, '20']);
  assert.is((await signUp(rest, newBuyer(), '203.0.113.8')).status, 200, 'another address has its own');
  for (let n = 0; n < 5; n++) assert.is((await signUp(rest, newBuyer())).status, 200);
  assert.is(await users(rest), 9);
});

closed('nobody signs up, and nobody is told whether a login is taken', async (rest) => {
  const buyer = newBuyer();
  for (const body of [buyer, buyer]) {
    const { status, body: answer } = await signUp(rest, body);
    assert.equal([status, answer.code], [403, 'forbidden']);
  }
  assert.is(await users(rest), 0);
});
