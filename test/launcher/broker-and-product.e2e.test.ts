import { connect } from 'amqplib';
import * as assert from 'uvu/assert';
import { Topology } from '../../src/amqp/topology.ts';
import { Api } from '../_kit/api.ts';
import { patient } from '../_kit/patient.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { approvedOrder, newBuyer } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { assertComplete, firstCopies, type Wanted } from '../amqp/collect.ts';
import type { Heard } from '../amqp/open-broker.ts';
import { inPostgres, serverOf } from '../scenarios/truth.ts';

const product =
  (amqpUrl: string): Fixture<Product> =>
  async (lend) => {
    const started = await startProduct({ env: { AMQP_URL: amqpUrl } });
    try {
      await lend(started);
    } finally {
      await started.close();
    }
  };

const degraded = async ({ url }: Product): Promise<readonly string[]> => {
  const { status, body } = await new Api(url).get('/readyz');
  assert.is(status, 200);
  return body.degraded;
};

/** `status` ends with exit code 1 while something is missing. */
const isReady = ({ status }: Product): Promise<boolean> =>
  status().then(
    ({ ready }) => ready,
    () => false,
  );

const INBOX = 'inbox';
const topology = new Topology('andon', 'classic');

/** Another program's own queue. */
async function withInbox<T>(at: Product, act: (take: () => Promise<Heard[]>) => Promise<T>): Promise<T> {
  const connection = await connect((await serverOf(at, 'rabbitmq')).url);
  connection.on('error', () => undefined);
  try {
    const channel = await connection.createChannel();
    await topology.declareEvents()(channel);
    await channel.assertQueue(INBOX, { durable: true });
    await channel.bindQueue(INBOX, topology.events, '#');
    const taken: Heard[] = [];
    return await act(async () => {
      for (;;) {
        const message = await channel.get(INBOX, { noAck: true });
        if (!message) return taken;
        const { fields, properties, content } = message;
        taken.push({ key: fields.routingKey, id: String(properties.messageId), body: content.toString(), headers: {} });
      }
    });
  } finally {
    await connection.close().catch(() => undefined);
  }
}

const logged = (at: Product): Promise<Wanted[]> =>
  inPostgres(at, async (client) => {
    const { rows } = await client.query<Wanted>(
      `SELECT actor_id AS actor, version, (SELECT array_agg(kind || '.' || (e ->> 'type') ORDER BY n)
         FROM json_array_elements(events) WITH ORDINALITY AS x (e, n)) AS types
       FROM actor_log ORDER BY actor_id, version`,
    );
    return rows;
  });

const own = spec<Product>('the product with its own broker', product(''), { deadlineMs: 240_000 });

own('goes on and tells every event in order whether keeper or broker are killed', async (at) => {
  assert.equal(await degraded(at), [], 'up waits until the nodes have found it');
  assert.match(await (await fetch(`${at.url}/metrics`)).text(), /^andon_broker_connected 1$/m);
  await withInbox(at, async () => undefined);
  const buyer = patient(await newBuyer(at.url));
  await approvedOrder(buyer);
  const { processes, servers } = await at.status();
  const keeper = processes.find(({ type }) => type === 'keeper');
  const broker = servers.find(({ name }) => name === 'rabbitmq');
  const under = Promise.all([approvedOrder(buyer), approvedOrder(buyer)]);
  process.kill(keeper!.pid, 'SIGKILL');
  await under;
  process.kill(broker!.pid, 'SIGKILL');
  assert.is(await isReady(at), false, 'ready counts the broker');
  await until('its absence is told', async () => (await degraded(at)).includes('rabbitmq'));
  await approvedOrder(buyer);
  await until('it is back', async () => (await isReady(at)) && (await degraded(at)).length === 0, 60_000);
  await approvedOrder(buyer);
  await withInbox(at, async (take) => {
    const wanted = await logged(at);
    const count = wanted.reduce((sum, { types }) => sum + types.length, 0);
    await until('all is told', async () => firstCopies(await take()).length >= count, 60_000);
    assertComplete(await take(), wanted);
  });
});

const none = spec<Product>('the product with a broker that is not there', product('amqp://127.0.0.1:1'), {
  deadlineMs: 120_000,
});

none('says so and works', async (at) => {
  assert.equal(await degraded(at), ['rabbitmq']);
  await approvedOrder(await newBuyer(at.url));
  assert.match(await (await fetch(`${at.url}/metrics`)).text(), /^andon_broker_connected 0$/m);
});
