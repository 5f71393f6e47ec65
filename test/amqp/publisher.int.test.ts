import { randomUUID } from 'node:crypto';
import type { GetMessage } from 'amqplib';
import * as assert from 'uvu/assert';
import { type Outgoing, Publisher } from '../../src/amqp/publisher.ts';
import { Topology } from '../../src/amqp/topology.ts';
import { codeOf } from '../../src/errors.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type OpenBroker, withBroker } from './open-broker.ts';

const test = spec<OpenBroker>('sending with confirms', withBroker, { deadlineMs: 30_000 });

const KIND = 'price';

const toQueue = (key: string): Outgoing => ({
  exchange: '',
  key,
  content: Buffer.from('x'),
  options: { mandatory: true, messageId: randomUUID() },
});

test('what was sent is confirmed, more than one window of it', async ({ broker, topology, sight }) => {
  const queue = topology.workQueue(KIND, 'fast');
  const publisher = new Publisher({
    broker: await broker(),
    declare: topology.declareWork([KIND]),
    window: 8,
  });
  await publisher.send(Array.from({ length: 20 }, () => toQueue(queue)));
  assert.is((await sight.checkQueue(queue)).messageCount, 20);
});

test('a deleted queue is declared again and gets what was sent meanwhile', async ({ broker, topology, sight }) => {
  const queue = topology.workQueue(KIND, 'fast');
  const publisher = new Publisher({ broker: await broker(), declare: topology.declareWork([KIND]) });
  await publisher.send([toQueue(queue)]);
  await sight.deleteQueue(queue);
  await publisher.send([toQueue(queue), toQueue(queue)]);
  assert.is((await sight.checkQueue(queue)).messageCount, 2);
});

test('a deleted exchange, which closes the channel, costs a fresh one', async ({ broker, topology, sight, hear }) => {
  const publisher = new Publisher({ broker: await broker(), declare: topology.declareEvents() });
  const event = (): Outgoing => ({ exchange: topology.events, key: 'a.b', content: Buffer.from('x'), options: {} });
  await publisher.send([event()]);
  await sight.deleteExchange(topology.events);
  await publisher.send([event()]);
  const heard = await hear();
  await publisher.send([event()]);
  await until('it is heard', () => heard.length === 1);
});

test('a queue that is full says no, and every no costs a fresh channel', async ({ broker, topology, sight }) => {
  const queue = `${topology.events}.full`;
  let declared = 0;
  const publisher = new Publisher({
    broker: await broker(),
    declare: async (channel) => {
      declared += 1;
      await channel.assertQueue(queue, { maxLength: 1, overflow: 'reject-publish' });
    },
  });
  await publisher.send([toQueue(queue)]);
  const error = await publisher.send([toQueue(queue)]).catch((thrown: unknown) => thrown);
  assert.is(codeOf(error), 'broker_away');
  assert.is(declared, 3, 'the first channel was tried, then two fresh ones');
  await sight.purgeQueue(queue);
  await publisher.send([toQueue(queue)]);
  assert.is(declared, 4);
});

test('a lost connection fails what was not confirmed, and the next goes out on the new one', async (open) => {
  const { topology, proxy } = open;
  const queue = topology.workQueue(KIND, 'fast');
  const broker = await open.broker();
  const publisher = new Publisher({ broker, declare: topology.declareWork([KIND]) });
  await publisher.send([toQueue(queue)]);
  proxy.cutReplies(1);
  const error = await publisher.send([toQueue(queue)]).catch((thrown: unknown) => thrown);
  assert.is(codeOf(error), 'broker_away');
  await until('it is sent on the new connection', async () => {
    await publisher.send([toQueue(queue)]);
    return true;
  });
  assert.ok(open.reports.includes('the broker is away'));
});

test('a broker that is silent is given up in time, not waited for', async ({ broker, topology, proxy }) => {
  const queue = topology.workQueue(KIND, 'fast');
  const publisher = new Publisher({
    broker: await broker(),
    declare: topology.declareWork([KIND]),
    confirmMs: 200,
    attempts: 1,
  });
  await publisher.send([toQueue(queue)]);
  proxy.stall();
  const error = await publisher.send([toQueue(queue)]).catch((thrown: unknown) => thrown);
  assert.is(codeOf(error), 'broker_away');
  proxy.resume();
  await until('it is sent', async () => {
    await publisher.send([toQueue(queue)]);
    return true;
  });
});

test('quorum queues take the same', async ({ broker, prefix, sight }) => {
  const topology = new Topology(`${prefix}.q`, 'quorum');
  const queue = topology.workQueue(KIND, 'slow');
  const publisher = new Publisher({ broker: await broker(), declare: topology.declareWork([KIND]) });
  await publisher.send([toQueue(queue), toQueue(queue)]);
  const got = await until('it is there', () => sight.get(queue, { noAck: true }));
  assert.is((got as GetMessage).content.toString(), 'x');
});
