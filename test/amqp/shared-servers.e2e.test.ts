/** Two products on the same Redis, the same RabbitMQ and the same Postgres, told apart by prefix and database. */
import { Redis as Client } from 'ioredis';
import * as assert from 'uvu/assert';
import { signIn } from '../_kit/api.ts';
import { type LentDatabase, lendDatabase } from '../_kit/database.ts';
import { fromRunner, REDIS_URL } from '../_kit/environment.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { lendRabbitmq } from '../_kit/rabbitmq.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { approvedOrder, newBuyer, operators } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';

interface Neighbours {
  readonly prefixes: readonly [string, string];
  readonly products: readonly [Product, Product];
}

const withNeighbours: Fixture<Neighbours> = async (lend) => {
  const { url: AMQP_URL, prefix } = lendRabbitmq();
  const prefixes = [prefix, `${prefix}-2`] as const;
  const databases: LentDatabase[] = [await lendDatabase(), await lendDatabase()];
  const start = (n: 0 | 1): Promise<Product> =>
    startProduct({
      env: {
        DATABASE_URL: databases[n]?.url ?? '',
        DATABASE_ADMIN_URL: databases[n]?.adminUrl ?? '',
        REDIS_URL: fromRunner(REDIS_URL),
        AMQP_URL,
        ANDON_PREFIX: prefixes[n],
        ANDON_PAGES: 'no-pages',
      },
    });
  const started: Product[] = [];
  try {
    for (const n of [0, 1] as const) started.push(await start(n));
    const [a, b] = started;
    if (a && b) await lend({ prefixes, products: [a, b] });
  } finally {
    for (const product of started) await product.close();
    for (const database of databases) await database.close();
  }
};

const test = spec('shared servers', withNeighbours, { deadlineMs: 180_000 });

const north = async (product: Product, token: string | undefined): Promise<string[]> => {
  const answer = await fetch(`${product.url}/api/boards/north?lane=new&sort=recent`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = (await answer.json()) as { items: { order: string }[] };
  return items.map(({ order }) => order);
};

test('neither sees orders, people, keys or wake-ups of the other, and one that adopts empties only its own', async ({
  products,
  prefixes,
}) => {
  const [a, b] = products;
  for (const product of products) assert.equal((await product.status()).servers, [], 'nothing of its own was started');
  const sides = await Promise.all(
    products.map(async (product) => {
      const [operator] = await operators(product, 1);
      const { id } = await approvedOrder(await newBuyer(product.url));
      return { product, operator: operator!, order: id };
    }),
  );
  const [ours, theirs] = [sides[0]!, sides[1]!];
  for (const { product, operator, order } of sides)
    await until('the board shows its own order, and no other', async () => {
      const shown = await north(product, operator.token);
      return shown.length === 1 && shown[0] === order;
    });
  assert.is((await theirs.operator.get(`/api/orders/${ours.order}`)).status, 404);
  assert.is((await ours.operator.get('/api/operators', { at: b.url })).status, 401, 'a session is of one product');
  assert.is((await ours.operator.order(ours.order, 'capture', { epoch: 0 })).status, 200);
  assert.is((await theirs.operator.order(theirs.order, 'capture', { epoch: 0 })).status, 200);

  const client = new Client(fromRunner(REDIS_URL));
  const keysOf = async (prefix: string) => (await client.keys(`${prefix}:*`)).length;
  try {
    await a.andon('down');
    assert.ok((await keysOf(prefixes[0])) > 0, 'what it knew stands there');
    assert.match(await a.andon('adopt'), /compared with the log and equal: 1 orders, 1 captures/);
    assert.ok((await keysOf(prefixes[1])) > 0);
  } finally {
    client.disconnect();
  }
  const [login] = (await b.logins()).filter(({ role }) => role === 'supervisor');
  const supervisor = await signIn(b.url, login!);
  assert.is((await supervisor.get(`/api/orders/${theirs.order}`)).body.capture.operator.id, theirs.operator.id);
  assert.is(
    (await theirs.operator.order(theirs.order, 'start', { epoch: 1 })).status,
    200,
    'and goes on all the while',
  );
});
