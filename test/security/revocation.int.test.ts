/** A session that ended opens nothing after two seconds, on any node, though Redis was not told and still shows it. */
import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Live, withLive } from '../gateways/open-live.ts';

const test = spec<Live>('revocation that only Postgres knows', withLive(), { shared: true, deadlineMs: 20_000 });

/** Longer than the two seconds promised only by what a busy machine may take to look. */
const SOON_MS = 4_000;

const sidOf = ({ token }: Api): string =>
  JSON.parse(Buffer.from(token!.split('.')[1]!, 'base64url').toString()).sid as string;

const status = async (api: Api, at = api.url): Promise<number> => (await api.get('/api/operators', { at })).status;

test('REST refuses and sockets close, on every node, and other sessions go on', async (live) => {
  const other = await live.another();
  const [operator, colleague] = [
    await live.as('operator', { site: 'north' }),
    await live.as('operator', { site: 'north' }),
  ];
  const sockets = [await live.connect('/mes', operator), await other.connect('/storefront', operator)];
  const stays = await live.connect('/mes', colleague);
  assert.equal([await status(operator), await status(operator, other.url)], [200, 200]);
  await live.core.pool.query('update sessions set revoked_at = now() where sid = $1', [sidOf(operator)]);
  for (const at of [live.url, other.url])
    await until(`refused by ${at}`, async () => (await status(operator, at)) === 401, SOON_MS);
  await until('its sockets are closed', () => sockets.every(({ socket }) => socket.disconnected), SOON_MS);
  const cached = await live.core.redis.call('GET', [live.core.keys.session(sidOf(operator))]);
  assert.ok(String(cached).includes(operator.id), 'Redis still shows the session');
  assert.is(await status(colleague), 200);
  assert.ok(stays.socket.connected);
});

test('a user who was disabled is out, with all sessions', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  const { socket } = await live.connect('/mes', operator);
  await live.core.pool.query('update users set disabled_at = now() where id = $1', [operator.id]);
  await until('refused', async () => (await status(operator)) === 401, SOON_MS);
  await until('the socket is closed', () => socket.disconnected, SOON_MS);
  assert.is((await operator.post('/api/session/renew')).status, 401);
});

test('a node that starts later knows it from its first request on', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  assert.is(await status(operator), 200);
  await live.core.pool.query('update sessions set revoked_at = now() where sid = $1', [sidOf(operator)]);
  const late = await live.another();
  assert.is(await status(operator, late.url), 401);
});
