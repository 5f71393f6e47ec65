/** How long the answer to a ping is waited for: real sockets, over a line as slow as the test says. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import * as assert from 'uvu/assert';
import { bePatient } from '../../src/live/patience.ts';
import { bytesUntaken } from '../../src/live/wire.ts';
import { type CutProxy, cutProxy } from '../_kit/cut-proxy.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { stopReading } from './open-sockets.ts';

const PING = { pingInterval: 200, pingTimeout: 300 };

interface Slow {
  readonly io: Server;
  readonly proxy: CutProxy;
  readonly client: Socket;
  /** Why connections ended. */
  readonly ended: readonly string[];
  /** Bytes that nobody had taken by then. */
  readonly left: readonly number[];
  /** Answers to pings. */
  pongs(): number;
}

/** Without `patience`, as Engine.IO does it. */
const withSlow = (patience?: { leastBytesPerSecond?: number }) => async (lend: (slow: Slow) => Promise<void>) => {
  const http = createServer();
  const server = new Server(http, { ...PING, transports: ['websocket'] });
  const ended: string[] = [];
  const left: number[] = [];
  let pongs = 0;
  server.engine.on('connection', (conn) => {
    if (patience) bePatient(conn, { pingTimeoutMs: PING.pingTimeout, ...patience });
    conn.once('close', (reason: string) => {
      ended.push(reason);
      left.push(bytesUntaken(conn));
    });
    conn.on('heartbeat', () => pongs++);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const proxy = await cutProxy((http.address() as AddressInfo).port);
  const client = io(`http://127.0.0.1:${proxy.port}`, { transports: ['websocket'], reconnection: false });
  await once(client as never, 'connect');
  // The client would give up itself: it was told how often pings come.
  Object.assign(client.io.engine, { _pingTimeout: 60_000 });
  try {
    await lend({ io: server, proxy, client, ended, left, pongs: () => pongs });
  } finally {
    client.close();
    await proxy.close();
    await server.close();
  }
};

const test = spec<Slow>('a ping behind much that was sent', withSlow({}), { deadlineMs: 30_000 });

/** So much that a line at RATE takes it several times as long as a ping may take. */
const MUCH = 'x'.repeat(4_000_000);
const RATE = 1_600_000;

test('is answered as late as a slow line makes it', async ({ io: server, proxy, client, ended, pongs }) => {
  let heard = 0;
  client.on('much', () => heard++);
  await until('a ping was answered', () => pongs() > 0);
  proxy.throttle(RATE);
  for (let n = 0; n < 3; n++) server.emit('much', MUCH);
  await until('all has come', () => heard === 3, 25_000);
  const before = pongs();
  await until('pings are answered again', () => pongs() > before);
  assert.equal([ended, client.connected], [[], true]);
});

test('is not waited for as long as nobody answers and nothing was sent', async ({ proxy, ended, pongs }) => {
  await until('a ping was answered', () => pongs() > 0);
  proxy.stall();
  await until('it is closed', () => ended.length === 1, 5_000);
  assert.equal(ended, ['ping timeout']);
});

test('is not waited for for ever where nothing is taken', async ({ io: server, client, ended, pongs }) => {
  await until('a ping was answered', () => pongs() > 0);
  stopReading(client);
  server.emit('much', MUCH.slice(0, 100_000));
  await until('it is closed', () => ended.length === 1, 10_000);
  assert.equal(ended, ['ping timeout']);
});

const visible = spec<Slow>('what can be seen to be taken', withSlow({ leastBytesPerSecond: 1e12 }), {
  deadlineMs: 30_000,
});

visible('puts the end off by itself, and no longer than it goes on', async (slow) => {
  const { io: server, proxy, ended, pongs } = slow;
  await until('a ping was answered', () => pongs() > 0);
  proxy.throttle(8_000_000); // the system takes more when a third of its 2.6 MB has gone: within every look
  server.emit('much', MUCH.repeat(5));
  await until('it is closed', () => ended.length === 1, 20_000);
  assert.equal(slow.left, [0], 'not before all was taken');
});

visible('is nothing where nobody reads', async ({ io: server, client, ended, left, pongs }) => {
  await until('a ping was answered', () => pongs() > 0);
  stopReading(client);
  server.emit('much', MUCH.repeat(5));
  await until('it is closed', () => ended.length === 1, 10_000);
  assert.ok((left[0] ?? 0) > 0);
});

const plain = spec<Slow>('without this patience', withSlow(), { deadlineMs: 30_000 });

plain('the same slow line is closed: if not, it is needed no more', async ({ io: server, proxy, ended, pongs }) => {
  await until('a ping was answered', () => pongs() > 0);
  proxy.throttle(RATE);
  for (let n = 0; n < 3; n++) server.emit('much', MUCH);
  await until('it is closed', () => ended.length === 1, 25_000);
  assert.equal(ended, ['ping timeout']);
});
