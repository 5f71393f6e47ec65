/** A node that is to stop: its clients go elsewhere, one after the other. */
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Node, stopReading, withSockets } from './open-sockets.ts';

const test = spec<Node>('a node that drains', withSockets());

interface Drain {
  readonly comeBackInMs: number;
}

const LONG_MS = 60_000;

test('tells its clients to come back, spread over the time it is given', async ({ connect, sockets }) => {
  const told: number[] = [];
  const clients = await Promise.all(Array.from({ length: 40 }, (_, n) => connect({ token: `user ${n}` })));
  for (const socket of clients) socket.on('server:drain', ({ comeBackInMs }: Drain) => told.push(comeBackInMs));
  const drained = sockets.drain(LONG_MS, 0);
  await until('all are told', () => told.length === 40);
  assert.ok(Math.min(...told) >= 0 && Math.max(...told) < LONG_MS);
  // 40 even ones leave a third empty once in four million runs.
  for (const third of [0, 1, 2])
    assert.ok(
      told.some((ms) => Math.floor(ms / (LONG_MS / 3)) === third),
      String(told),
    );
  for (const socket of clients) socket.close();
  await drained;
});

test('is done as soon as the last one has left, and at once when nobody is there', async ({ connect, sockets }) => {
  const [one, two] = [await connect({ token: 'ann' }), await connect()];
  let done = false;
  const drained = sockets.drain(LONG_MS, LONG_MS).then(() => {
    done = true;
  });
  one.close();
  await until('one has left', () => sockets.size === 1);
  assert.not(done);
  two.close();
  await drained;
  await sockets.drain(LONG_MS, LONG_MS);
});

test('waits for stragglers so long and no longer, and closes them', async ({ connect, sockets }) => {
  const socket = await connect({ token: 'ann' });
  const reasons: string[] = [];
  socket.on('disconnect', (reason) => reasons.push(reason));
  await sockets.drain(50, 50);
  assert.ok(socket.connected);
  await sockets.close();
  await until('it is closed', () => reasons.length === 1);
  assert.is(reasons[0], 'transport close');
});

test('does not wait for the farewell of somebody who does not read', async ({ connect, sockets, server }) => {
  stopReading(await connect({ token: 'ann' }));
  await sockets.close();
  await new Promise((resolve) => server.close(resolve)); // its deadline comes before the 30 s of a WebSocket
});
