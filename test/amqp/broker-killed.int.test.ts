import { connect } from 'amqplib';
import * as assert from 'uvu/assert';
import { brokerDuties } from '../../gateways/work/broker-duties.ts';
import { Topology } from '../../src/amqp/topology.ts';
import { openPool } from '../../src/log/connect.ts';
import { READ_SETTINGS } from '../../src/log/read.ts';
import { type OwnRabbitmq, ownRabbitmq } from '../_kit/rabbitmq.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { creation } from '../runtime/works.ts';
import { type Deadlines, withDeadlines } from '../work/with-deadlines.ts';
import { assertComplete, firstCopies, type Wanted } from './collect.ts';
import type { Heard } from './open-broker.ts';

interface Open extends Deadlines {
  readonly server: OwnRabbitmq;
  readonly topology: Topology;
}

const PREFIX = 'killed';

/** Three nodes, a worker, and the duties of two keepers at once. */
const open: Fixture<Open> = async (lend, title) => {
  const server = await ownRabbitmq();
  const settings = { AMQP_URL: server.url, ANDON_PREFIX: PREFIX, ANDON_JOB_POLL_MS: '200', ANDON_RELAY_MS: '50' };
  try {
    await withDeadlines(settings)(async (deadlines) => {
      const stop = new AbortController();
      const running: Promise<void>[] = [];
      const pools = [deadlines.works.anyNode, deadlines.works.anyNode].map(({ core }) => {
        const pool = openPool({ ...core.access, max: 2, settings: READ_SETTINGS });
        const tools = { pool, folded: <R>(row: R) => row, report: () => undefined };
        if (core.broker) running.push(...brokerDuties(core, core.broker, tools).map(([, run]) => run(stop.signal)));
        return pool;
      });
      try {
        await lend({ ...deadlines, server, topology: new Topology(PREFIX, 'classic') });
      } finally {
        stop.abort();
        await Promise.all(running);
        await Promise.all(pools.map((pool) => pool.end()));
      }
    }, title);
  } finally {
    await server.close();
  }
};

const test = spec<Open>('a broker that is killed', open, { deadlineMs: 180_000 });

const INBOX = `${PREFIX}.inbox`;

/** A consumer's own queue, durable, as other programs have: what was confirmed is in it. */
async function withInbox<T>(at: Open, act: (take: () => Promise<Heard[]>) => Promise<T>): Promise<T> {
  const connection = await connect(at.server.url);
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    await at.topology.declareEvents()(channel);
    await channel.assertQueue(INBOX, { durable: true });
    await channel.bindQueue(INBOX, at.topology.events, 'order.#');
    const taken: Heard[] = [];
    return await act(async () => {
      for (
        let message = await channel.get(INBOX, { noAck: true });
        message;
        message = await channel.get(INBOX, { noAck: true })
      )
        taken.push({
          key: message.fields.routingKey,
          id: String(message.properties.messageId),
          body: message.content.toString(),
          headers: {},
        });
      return taken;
    });
  } finally {
    await connection.close().catch(() => undefined);
  }
}

const logged = async ({ works }: Open): Promise<Wanted[]> => {
  const { rows } = await works.sight.query<{ actor: string; version: number; types: string[] }>(
    `SELECT actor_id AS actor, version, (SELECT array_agg('order.' || (e ->> 'type') ORDER BY n)
       FROM json_array_elements(events) WITH ORDINALITY AS x (e, n)) AS types
     FROM actor_log WHERE kind = 'order' ORDER BY actor_id, version`,
  );
  return rows;
};

test('keeps nothing from going on: jobs are done, and afterwards every event is told, in order', async (at) => {
  at.work();
  const deadline = async (): Promise<string> => {
    const created = creation();
    await at.works.must(at.works.send(created));
    await at.priced(created.actor, 200);
    return created.actor;
  };
  await withInbox(at, async () => undefined);
  const before = await deadline();
  await at.happened(before, 'price-expired');
  const under = Promise.all(Array.from({ length: 6 }, deadline));
  await at.server.kill();
  for (const order of await under) await at.happened(order, 'price-expired');
  await at.happened(await deadline(), 'price-expired');
  await at.server.start();
  await at.happened(await deadline(), 'price-expired');
  await withInbox(at, async (take) => {
    const wanted = await logged(at);
    const count = wanted.reduce((sum, { types }) => sum + types.length, 0);
    await until('all is told', async () => firstCopies(await take()).length >= count, 60_000);
    assertComplete(await take(), wanted);
    assert.ok(count > 30);
  });
});
