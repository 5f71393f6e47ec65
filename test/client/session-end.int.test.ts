import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { generatePassword } from '../../src/identity/passwords.ts';
import { addUser } from '../../src/identity/users.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { boardCaughtUp } from '../gateways/open-live.ts';
import { assertSame, type ClientWorld, isLive, withClients } from './open-client.ts';

const test = spec<ClientWorld>('a session that ends', withClients(), { deadlineMs: 60_000 });

/** Somebody of the floor who can sign in. */
async function supervisor({ core }: ClientWorld) {
  const { password, hash } = await generatePassword();
  const login = `boss-${randomUUID()}`;
  await addUser(core.pool, { login, name: 'Boss', roles: ['supervisor'], hash, site: 'north' });
  return { login, password };
}

test('is begun anew by who knows the credentials, and all goes on', async (world) => {
  const credentials = await supervisor(world);
  world.keep();
  await boardCaughtUp(world);
  let asked = 0;
  const client = await world.client({
    signIn: async () => {
      asked += 1;
      return credentials;
    },
  });
  const board = client.board('north');
  await isLive(board);
  const before = client.session.token ?? '';
  const url = `${world.url}/api/session`;
  assert.is((await fetch(url, { method: 'DELETE', headers: { authorization: `Bearer ${before}` } })).status, 200);
  await until('it has signed in again', () => asked === 2 && client.session.token !== before);
  const { body } = await client.rest.get<{ items: readonly unknown[] }>('/api/operators?site=north');
  assert.ok(Array.isArray(body.items));
  await isLive(board);
  await assertSame(board);
});

test('with nothing to begin another is over, and all is told so', async (world) => {
  const boss = await world.as('supervisor', { site: 'north' });
  const client = await world.client({ token: boss.token! });
  const changes: (string | undefined)[] = [];
  client.session.onChange = (me) => changes.push(me?.id);
  await client.line('/mes').opened();
  const headers = { authorization: `Bearer ${client.session.token}` };
  assert.is((await fetch(`${world.url}/api/session`, { method: 'DELETE', headers })).status, 200);
  await until('it is over', () => changes.at(-1) === undefined && changes.length > 0);
  const answer = await client.rest.get('/api/operators').catch((error: { code?: string }) => error.code);
  assert.is(answer, 'unauthenticated');
  const order = await client.commands.send({ target: { order: randomUUID() }, type: 'resume' });
  assert.is(order.ok ? 'done' : order.code, 'unauthenticated');
});

test('wrong credentials are refused before anything is opened', async (world) => {
  const { login } = await supervisor(world);
  const refused = await world
    .client({ signIn: { login, password: 'not the password' } })
    .catch((error: { code?: string }) => error.code);
  assert.is(refused, 'unauthenticated');
});
