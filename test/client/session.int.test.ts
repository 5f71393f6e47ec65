import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { boardCaughtUp } from '../gateways/open-live.ts';
import { assertSame, type ClientWorld, isLive, withClients } from './open-client.ts';

const SESSION_MS = 2_000;
const test = spec<ClientWorld>(
  'the session of a program',
  withClients({ env: { ANDON_SESSION_MS: String(SESSION_MS) } }),
  { deadlineMs: 60_000 },
);

test('is renewed by token before it ends, on open lines too, without a line being lost', async (world) => {
  const boss = await world.as('supervisor', { site: 'north' });
  world.keep();
  await boardCaughtUp(world);
  const client = await world.client({ token: boss.token! });
  const board = client.board('north');
  await isLive(board);
  const lost: string[] = [];
  client.line('/mes').onState((state) => lost.push(state));
  const tokens = new Set([client.session.token]);
  const first = Date.parse(client.session.me?.expiresAt ?? '');
  await until('it was renewed three times', () => tokens.add(client.session.token).size > 3, 20_000);
  assert.ok(Date.parse(client.session.me?.expiresAt ?? '') > first);
  await until('the line outlives the first token', () => client.clock.now() > first + SESSION_MS);
  assert.equal([lost, board.state], [[], 'live']);
  await assertSame(board);
});
