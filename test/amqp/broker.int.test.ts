import { createServer, type Server, type Socket } from 'node:net';
import type { ChannelModel } from 'amqplib';
import * as assert from 'uvu/assert';
import { Broker } from '../../src/amqp/broker.ts';
import { Consumer } from '../../src/amqp/consumer.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type OpenBroker, withBroker } from './open-broker.ts';

const test = spec<OpenBroker>('a connection to the broker', withBroker, { deadlineMs: 30_000 });

const away = (url: string) => {
  const reports: string[] = [];
  return {
    reports,
    broker: new Broker({ url, name: 'test', report: (what) => reports.push(what), longestPauseMs: 50 }),
  };
};

test('is opened again when it is lost, and whoever asked is told of each', async (at) => {
  const broker = await at.broker();
  const seen: ChannelModel[] = [];
  broker.eachConnection((connection) => seen.push(connection));
  assert.is(seen.length, 1, 'also of the one that is there');
  for (let cut = 1; cut <= 2; cut++) {
    at.proxy.cutReplies(1);
    // Something must flow to be cut.
    await broker.connection?.createChannel().catch(() => undefined);
    await until('there is a new one', () => seen.length > cut && broker.connected);
  }
  assert.is(new Set(seen).size, seen.length);
});

test('that can’t be had is told once, however often it is tried', async () => {
  const { broker, reports } = away('amqp://127.0.0.1:1');
  let tries = 0;
  const random = Math.random;
  Math.random = () => {
    tries += 1;
    return random();
  };
  try {
    await until('it was tried some times', () => tries >= 4);
  } finally {
    Math.random = random;
  }
  assert.equal(reports, ['the broker is away']);
  assert.is(broker.connected, false);
  await broker.close();
});

test('with a wrong password is no reason to fall', async (at) => {
  const url = new URL(at.url);
  url.password = 'wrong';
  const { broker, reports } = away(url.href);
  await until('it is told', () => reports.length === 1);
  await broker.close();
  assert.is(broker.connected, false);
});

test('is closed although the broker is silent', async (at) => {
  const broker = await at.broker();
  at.proxy.stall();
  const closed = broker.close();
  await closed;
  at.proxy.resume();
});

test('to something that never answers can be given up at any time', async () => {
  const sockets: Socket[] = [];
  const silent = await new Promise<Server>((resolve) => {
    const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1', () => resolve(server));
  });
  const { port } = silent.address() as { port: number };
  const { broker } = away(`amqp://127.0.0.1:${port}`);
  await until('it is asked', () => sockets.length === 1);
  await broker.close();
  assert.is(broker.connected, false);
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test('that was lost does not end the listening', async (at) => {
  const broker = await at.broker();
  const queue = at.topology.workQueue('price', 'fast');
  const heard: string[] = [];
  const consumer = new Consumer({
    broker,
    declare: at.topology.declareWork(['price']),
    queues: [queue],
    use: (from) => heard.push(from),
    report: () => undefined,
  });
  const hears = async (): Promise<boolean> => {
    at.sight.sendToQueue(queue, Buffer.from('x'));
    return heard.length > 0;
  };
  await until('it hears', hears);
  at.proxy.cutReplies(1);
  heard.length = 0;
  await until('it hears again', hears);
  await at.sight.deleteQueue(queue);
  heard.length = 0;
  await until('it hears from the new queue', hears);
  consumer.stop();
  await until('nobody listens any more', async () => (await at.sight.checkQueue(queue)).consumerCount === 0);
});
