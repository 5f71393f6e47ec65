import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import { patient } from '../_kit/patient.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { approvedOrder, newBuyer, operators } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { boardEqualsLog, inPostgres, serverOf } from './truth.ts';

interface Floor {
  readonly product: Product;
  readonly buyer: Api;
  readonly crew: readonly Api[];
}

const test = spec<Floor>(
  'faults in the middle of the story',
  async (lend) => {
    const product = await startProduct({ nodes: 3, env: { ANDON_REQUESTS_PER_SECOND: '100000' } });
    try {
      const buyer = await newBuyer(product.url);
      await lend({ product, buyer, crew: await operators(product, 4, { limit: 100 }) });
    } finally {
      await product.close();
    }
  },
  { deadlineMs: 180_000 },
);

async function flushAll(product: Product): Promise<void> {
  const redis = new Redis((await serverOf(product, 'redis')).url);
  await redis.flushall();
  redis.disconnect();
}

async function killProcess(product: Product, type: string): Promise<void> {
  const found = (await product.status()).processes.find((p) => p.type === type);
  assert.ok(found, `${type} runs`);
  process.kill(found!.pid, 'SIGKILL');
}

const FAULTS: readonly [string, (product: Product) => Promise<void>][] = [
  ['FLUSHALL', flushAll],
  ['kill -9 of Redis', async (product) => void process.kill((await serverOf(product, 'redis')).pid, 'SIGKILL')],
  ['kill -9 of a web node', (product) => killProcess(product, 'web')],
  ['kill -9 of the keeper', (product) => killProcess(product, 'keeper')],
  ['kill -9 of the worker', (product) => killProcess(product, 'worker')],
];

/** One order from upload to completed, every step repeated with its key until it is answered. */
async function wholeStory(buyer: Api, operator: Api): Promise<string> {
  const patientBuyer = patient(buyer);
  const order = await approvedOrder(patientBuyer);
  const captured = await patient(operator).order(order.id, 'capture', { epoch: order.epoch });
  assert.is(captured.status, 200, JSON.stringify(captured.body));
  for (const step of ['start', 'complete']) {
    const done = await patient(operator).order(order.id, step, { epoch: captured.body.epoch });
    assert.is(done.status, 200, JSON.stringify(done.body));
  }
  return order.id;
}

test('the story completes whatever is killed in its middle, and the board equals the fold of the log', async ({
  product,
  buyer,
  crew,
}) => {
  for (const [name, strike] of FAULTS) {
    const stories = Array.from({ length: 8 }, (_, i) => wholeStory(buyer, crew[i % crew.length]!));
    await Promise.race(stories);
    const more = Array.from({ length: 8 }, (_, i) => wholeStory(buyer, crew[i % crew.length]!));
    await strike(product);
    const ids = await Promise.all([...stories, ...more]);
    await until(
      `everything is back after ${name}`,
      async () => (await product.status().catch(() => undefined))?.ready === true,
      30_000,
    );
    for (const id of ids)
      assert.is((await patient(buyer).get(`/api/orders/${id}`)).body.status, 'MANUFACTURING_COMPLETED', name);
    await boardEqualsLog(product, patient(crew[0]!), 'north', `after ${name}`);
  }
});

test('Postgres sessions terminated under load: nothing lost or doubled', async ({ product, buyer, crew }) => {
  await inPostgres(product, async (client) => {
    const stories = Promise.all(Array.from({ length: 12 }, (_, i) => wholeStory(buyer, crew[i % crew.length]!)));
    let over = false;
    const ids = stories.finally(() => {
      over = true;
    });
    const others = `pid <> pg_backend_pid() AND backend_type = 'client backend'`;
    while (!over) {
      await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`);
      await Promise.race([ids, sleep(400)]);
    }
    for (const id of await ids) {
      const { rows } = await client.query<{ version: number }>(
        `SELECT version FROM actor_log WHERE kind = 'order' AND actor_id = $1 ORDER BY version`,
        [id],
      );
      assert.equal(
        rows.map((r) => r.version),
        rows.map((_, i) => i + 1),
        'versions without a gap',
      );
      const { rows: events } = await client.query<{ type: string; n: string }>(
        `SELECT e->>'type' AS type, count(*) AS n FROM actor_log, jsonb_array_elements(events) e
       WHERE kind = 'order' AND actor_id = $1 GROUP BY 1 HAVING count(*) > 1`,
        [id],
      );
      assert.equal(events, [], 'nothing happened twice');
    }
  });
});
