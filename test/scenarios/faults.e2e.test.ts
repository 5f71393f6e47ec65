import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { laneOf } from '../../actors/order/lifecycle.ts';
import type { OrderState } from '../../actors/order/state.ts';
import type { Api } from '../_kit/api.ts';
import { patient } from '../_kit/patient.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { approvedOrder, newBuyer, operators } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';

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

const server = async (product: Product, name: string): Promise<{ pid: number; url: string }> => {
  const found = (await product.status()).servers.find((s) => s.name === name);
  assert.ok(found, `${name} runs`);
  return found!;
};

async function flushAll(product: Product): Promise<void> {
  const redis = new Redis((await server(product, 'redis')).url);
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
  ['kill -9 of Redis', async (product) => void process.kill((await server(product, 'redis')).pid, 'SIGKILL')],
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

/** order id → `<lane> <version>`, folded from the log itself. */
async function boardOfTheLog(product: Product): Promise<Map<string, string>> {
  const client = new pg.Client((await server(product, 'postgres')).url);
  await client.connect();
  const { rows } = await client.query<{ actor_id: string; version: number; after: OrderState }>(
    `SELECT DISTINCT ON (actor_id) actor_id, version, after FROM actor_log WHERE kind = 'order' ORDER BY actor_id, version DESC`,
  );
  await client.end();
  const cards = rows.flatMap(({ actor_id, version, after }): [string, string][] => {
    const lane = laneOf(after);
    return lane === null || after.site !== 'north' ? [] : [[actor_id, `${lane} ${version}`]];
  });
  return new Map(cards.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same, as the board's pages tell it. */
async function boardAsServed(operator: Api): Promise<Map<string, string>> {
  const cards: [string, string][] = [];
  for (const lane of ['new', 'in_work', 'made']) {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const at: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await operator.get(`/api/boards/north?lane=${lane}&sort=recent${at}`);
      assert.is(status, 200, JSON.stringify(body));
      for (const card of body.items) cards.push([card.order, `${lane} ${card.version}`]);
      cursor = body.next;
    }
  }
  return new Map(cards.sort(([a], [b]) => (a < b ? -1 : 1)));
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
    await until(
      `the board equals the log after ${name}`,
      async () => {
        const [log, board] = await Promise.all([boardOfTheLog(product), boardAsServed(patient(crew[0]!))]);
        return JSON.stringify([...log]) === JSON.stringify([...board]);
      },
      15_000,
    );
  }
});

test('Postgres sessions terminated under load: nothing lost or doubled', async ({ product, buyer, crew }) => {
  const client = new pg.Client((await server(product, 'postgres')).url);
  client.on('error', () => undefined); // ends with the server when the test fails before
  await client.connect();
  try {
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
  } finally {
    await client.end();
  }
});
