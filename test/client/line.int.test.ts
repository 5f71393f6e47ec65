import * as assert from 'uvu/assert';
import { Line, type LineState } from '../../web/client/line.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type ClientWorld, portOf, withClients } from './open-client.ts';

const test = spec<ClientWorld>('the lines of a program', withClients(), { deadlineMs: 60_000 });

test('leave a node that drains, each by itself, and are open at another before it ends', async (world) => {
  const operator = await world.as('operator', { site: 'north' });
  const other = await world.another();
  const client = await world.client({ token: operator.token! });
  const lines = [client.line('/mes'), client.line('/storefront')];
  await Promise.all(lines.map((line) => line.opened()));
  assert.is(world.sockets.size, 2, 'a connection each');
  world.front.lead(portOf(other.url));
  await world.sockets.drain(500, 20_000);
  assert.is(world.sockets.size, 0);
  await until('both are at the other', () => other.sockets.size === 2);
  await Promise.all(lines.map((line) => line.opened()));
});

test('ask for who one is at every connection, and wait while that is not to be had', async (world) => {
  const operator = await world.as('operator', { site: 'north' });
  let asked = 0;
  const auth = async (): Promise<{ token: string }> => {
    asked += 1;
    if (asked === 1) throw new Error('not just now');
    return { token: operator.token! };
  };
  const line = new Line('/mes', { url: world.front.url, auth });
  const states: LineState[] = [];
  const off = line.onState((state) => states.push(state));
  line.connect();
  try {
    await line.opened();
    world.front.cut();
    await until('it is lost', () => line.state === 'lost');
    await assertRejects(line.ask('board:close', { site: 'north' }), 'offline');
    off();
    await line.opened();
    assert.equal([states, asked], [['lost', 'open', 'lost'], 3]);
    const unanswered = line.ask('command', { type: 'capture' }, { withinMs: 0 });
    await assertRejects(unanswered, 'unknown');
  } finally {
    line.close();
  }
});

test('that nobody lets in say why, and come in once they may', async (world) => {
  const buyer = await world.as('buyer');
  const boss = await world.as('supervisor', { site: 'north' });
  let token = buyer.token;
  const line = new Line('/mes', { url: world.url, auth: () => ({ token }) });
  const told: (string | undefined)[] = [];
  line.onState((state, why) => told.push(state, why));
  line.connect();
  try {
    await until('it is refused', () => line.state === 'refused');
    assert.equal(told, ['refused', 'forbidden']);
    const giveUp = new AbortController();
    const waiting = line.opened(giveUp.signal);
    giveUp.abort(new Error('no more'));
    await waiting.then(
      () => assert.unreachable(),
      (error: Error) => assert.is(error.message, 'no more'),
    );
    token = boss.token;
    await line.renew(boss.token!);
    await line.opened();
  } finally {
    line.close();
  }
});

const assertRejects = (promise: Promise<unknown>, code: string): Promise<void> =>
  promise.then(
    () => assert.unreachable(),
    (error: { code?: string }) => assert.is(error.code, code),
  );
