import * as assert from 'uvu/assert';
import { brokerDuties } from '../../gateways/work/broker-duties.ts';
import { openPool } from '../../src/log/connect.ts';
import { READ_SETTINGS } from '../../src/log/read.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { creation, type NodeHere } from '../runtime/works.ts';
import { type Deadlines, withDeadlines } from '../work/with-deadlines.ts';
import { type OpenBroker, withBroker } from './open-broker.ts';

interface Open extends Deadlines {
  readonly amqp: OpenBroker;
  readonly node: NodeHere;
  /** Wake-ups that the worker has heard. */
  heard(): number;
  /** An order whose price ends soon: a job that is due then. */
  deadline(): Promise<string>;
  /** Until the worker listens. */
  listening(): Promise<void>;
}

const HOUR = '3600000';
const KINDS = ['price', 'timer', 'let-go'];

/** Three nodes, the relay on one of them, a worker on another that looks as often as told. */
const open =
  (pollMs: string): Fixture<Open> =>
  (lend, title) =>
    withBroker(
      (amqp) =>
        withDeadlines({
          AMQP_URL: amqp.url,
          ANDON_PREFIX: amqp.prefix,
          ANDON_JOB_POLL_MS: pollMs,
          ANDON_RELAY_MS: '20',
        })(async (deadlines) => {
          const { works } = deadlines;
          const [node, other] = [works.anyNode, works.anyNode];
          const { core } = other;
          const pool = openPool({ ...core.access, max: 2, settings: READ_SETTINGS });
          const stop = new AbortController();
          const tools = { pool, folded: <R>(row: R) => row, report: () => undefined };
          const [relay] = core.broker ? brokerDuties(core, core.broker, tools) : [];
          const running = relay?.[1](stop.signal);
          try {
            await lend({
              ...deadlines,
              amqp,
              node,
              heard() {
                const lines = node.core.counters.text().matchAll(/^andon_wake_ups_heard_total\{.*\} (\d+)$/gm);
                return [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
              },
              async deadline() {
                const created = creation();
                const { actor } = created;
                await works.must(works.send(created));
                await deadlines.priced(actor, 300);
                return actor;
              },
              listening: () =>
                until('the worker listens', async () => {
                  for (const queue of amqp.topology.workQueues(KINDS))
                    if ((await amqp.sight.checkQueue(queue)).consumerCount === 0) return false;
                  return true;
                }).then(() => undefined),
            });
          } finally {
            stop.abort();
            await running;
            await pool.end();
          }
        }, title),
      title,
    );

const idle = spec<Open>('a worker that looks once an hour', open(HOUR), { deadlineMs: 60_000 });

idle('is brought to a job by a wake-up', async (at) => {
  at.work(at.node);
  await at.amqp.topology.declareWork(KINDS)(at.amqp.sight);
  await at.listening();
  await at.happened(await at.deadline(), 'price-expired');
  assert.ok(at.heard() > 0);
});

idle('is brought to jobs again after all queues were deleted under way', async (at) => {
  at.work(at.node);
  await at.amqp.topology.declareWork(KINDS)(at.amqp.sight);
  await at.listening();
  const orders = await Promise.all([at.deadline(), at.deadline()]);
  for (const queue of at.amqp.topology.workQueues(KINDS)) await at.amqp.sight.deleteQueue(queue);
  for (const order of [...orders, await at.deadline()]) await at.happened(order, 'price-expired');
});

idle('is brought to jobs again after the connection was lost', async (at) => {
  at.work(at.node);
  await at.amqp.topology.declareWork(KINDS)(at.amqp.sight);
  await at.listening();
  at.amqp.proxy.cutReplies(3);
  await at.happened(await at.deadline(), 'price-expired');
});

const looking = spec<Open>('a worker that looks every 100 ms', open('100'), { deadlineMs: 60_000 });

looking('does its jobs while the broker is silent, and hears wake-ups when it is back', async (at) => {
  at.work(at.node);
  await at.amqp.topology.declareWork(KINDS)(at.amqp.sight);
  await at.listening();
  at.amqp.proxy.stall();
  const before = at.heard();
  await at.happened(await at.deadline(), 'price-expired');
  assert.is(at.heard(), before, 'nobody told it');
  at.amqp.proxy.resume();
  await until('it hears wake-ups', async () => {
    await at.deadline();
    return at.heard() > before;
  });
});
