import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Api, Reply } from '../_kit/api.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { approvedOrder, createOrder, cube, newBuyer, operators, settings } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';

interface Floor {
  readonly product: Product;
  readonly buyer: Api;
  readonly crew: readonly Api[];
}

const ROUNDS = 50;
const RACERS = 200;
const at = (product: Product, i: number): string => product.nodes[i % product.nodes.length] ?? product.url;

const test = spec<Floor>(
  'races over three nodes',
  async (lend) => {
    const product = await startProduct({ nodes: 3, env: { ANDON_REQUESTS_PER_SECOND: '100000' } });
    try {
      const buyer = await newBuyer(product.url);
      await lend({ product, buyer, crew: await operators(product, 8, { limit: 1000 }) });
    } finally {
      await product.close();
    }
  },
  { deadlineMs: 240_000, shared: true },
);

test('200 concurrent captures of one order: exactly one wins, the others are told who, 50 times', async ({
  product,
  buyer,
  crew,
}) => {
  const orders = await Promise.all(Array.from({ length: ROUNDS }, () => approvedOrder(buyer)));
  for (const [round, { id, epoch }] of orders.entries()) {
    const replies = await Promise.all(
      Array.from({ length: RACERS }, (_, i) =>
        crew[i % crew.length]!.order(id, 'capture', { epoch }, { at: at(product, i) }),
      ),
    );
    const won = replies.filter((r) => r.status === 200);
    assert.is(won.length, 1, `round ${round}: ${replies.map((r) => r.status).join(' ')}`);
    const holder = won[0]!.body.capture.operator;
    const lost = replies.filter((r) => r.status === 409 && r.body.code === 'already_captured');
    assert.is(lost.length, RACERS - 1);
    assert.ok(lost.every((r) => r.body.holder.id === holder.id && r.body.holder.name === holder.name));
    assert.ok(lost.every((r) => r.body.epoch === epoch + 1));
  }
});

test('an operator at the limit stays at it when racing over three nodes', async ({ product, buyer }) => {
  const [operator] = await operators(product, 1, { limit: 3 });
  const orders = await Promise.all(Array.from({ length: 12 }, () => approvedOrder(buyer)));
  const replies = await Promise.all(
    orders.map(({ id, epoch }, i) => operator!.order(id, 'capture', { epoch }, { at: at(product, i) })),
  );
  assert.is(replies.filter((r) => r.status === 200).length, 3);
  assert.ok(
    replies
      .filter((r) => r.status !== 200)
      .every((r) => r.status === 409 && r.body.code === 'wip_limit' && r.body.limit === 3),
  );
  const { body } = await operator!.get('/api/operators?site=north');
  assert.is(body.items.find((o: { id: string }) => o.id === operator!.id).held, 3);

  const held = orders.filter((_, i) => replies[i]!.status === 200);
  assert.is((await operator!.order(held[0]!.id, 'release', { epoch: held[0]!.epoch + 1 })).status, 200);
  const free = orders.filter((_, i) => replies[i]!.status !== 200);
  const again = await Promise.all(
    free.map(({ id, epoch }, i) => operator!.order(id, 'capture', { epoch }, { at: at(product, i) })),
  );
  assert.is(again.filter((r) => r.status === 200).length, 1, 'the freed slot is taken once');
});

/** Ten equal requests at once over all nodes with one key. */
const tenTimes = (product: Product, send: (node: string, key: string) => Promise<Reply>): Promise<Reply[]> => {
  const key = randomUUID();
  return Promise.all(Array.from({ length: 10 }, (_, i) => send(at(product, i), key)));
};

function oneEffect(replies: readonly Reply[], status: number, what: string): Reply {
  assert.equal(
    replies.map((r) => r.status),
    replies.map(() => status),
    `${what}: ${JSON.stringify(replies.map((r) => r.body.code))}`,
  );
  for (const reply of replies) assert.equal(reply.body, replies[0]!.body, what);
  const fresh = replies.filter((r) => r.headers.get('idempotent-replay') === null);
  assert.is(fresh.length, 1, `${what}: exactly one answer is not a replay`);
  return replies[0]!;
}

test('any accepted write repeated ten times at once over three nodes has one effect and ten equal answers', async ({
  product,
  buyer,
  crew,
}) => {
  const operator = crew[0]!;
  const uploads = await tenTimes(product, (node, key) => buyer.upload(cube(), 'cube.stl', { at: node, key }));
  assert.equal(new Set(uploads.map((r) => r.body.model)).size, 1, 'one model');
  const fields = { model: uploads[0]!.body.model, settings: await settings(buyer), site: 'north' };
  const created = oneEffect(
    await tenTimes(product, (node, key) => buyer.post('/api/orders', fields, { at: node, key })),
    201,
    'create',
  );
  const id = created.body.id as string;
  const write = async (api: Api, command: string, body: object): Promise<Reply> =>
    oneEffect(await tenTimes(product, (node, key) => api.order(id, command, body, { at: node, key })), 200, command);

  await write(buyer, 'submit', {});
  const priced = await until(
    'a price',
    async () => {
      const { body } = await buyer.get(`/api/orders/${id}`);
      return body.status === 'PRICE_CALCULATED' && body;
    },
    30_000,
  );
  await write(buyer, 'approve', { priceVersion: priced.price.version });
  await write(operator, 'capture', { epoch: 0 });
  await write(operator, 'release', { epoch: 1 });
  await write(buyer, 'request-cancel', { reason: 'changed-mind' });
  const order = await approvedOrder(buyer);
  const captured = oneEffect(
    await tenTimes(product, (node, key) =>
      operator.order(order.id, 'capture', { epoch: order.epoch }, { at: node, key }),
    ),
    200,
    'capture',
  );
  const epoch = captured.body.epoch as number;
  for (const command of ['start', 'complete']) {
    oneEffect(
      await tenTimes(product, (node, key) => operator.order(order.id, command, { epoch }, { at: node, key })),
      200,
      command,
    );
  }
  const { body } = await buyer.get(`/api/orders/${order.id}/timeline`);
  const types = body.items.map((item: { type: string }) => item.type);
  assert.is(types.filter((type: string) => type === 'captured').length, 1);
  assert.is(types.filter((type: string) => type === 'manufacturing-completed').length, 1);
});

test('a late repeat of a refused capture does not capture', async ({ product, buyer, crew }) => {
  const { id, epoch } = await approvedOrder(buyer);
  const [winner, loser] = crew;
  assert.is((await winner!.order(id, 'capture', { epoch })).status, 200);
  const key = randomUUID();
  const refused = await loser!.order(id, 'capture', { epoch }, { key });
  assert.is(refused.body.code, 'already_captured');
  assert.is((await winner!.order(id, 'release', { epoch: epoch + 1 })).status, 200);
  const repeated = await loser!.order(id, 'capture', { epoch }, { key, at: at(product, 1) });
  assert.is(repeated.status, 409);
  assert.is(repeated.headers.get('idempotent-replay'), 'true');
  assert.is(repeated.body.code, 'already_captured');
  const otherKey = await loser!.order(id, 'capture', { epoch });
  assert.is(otherKey.body.code, 'stale_epoch', 'the epoch on the old screen shuts it out');
});

test('a key reused with other fields is told, nothing happens', async ({ buyer }) => {
  const { id } = await createOrder(buyer);
  const key = randomUUID();
  assert.is((await buyer.order(id, 'submit', {}, { key })).status, 200);
  const reused = await buyer.order(id, 'request-cancel', { reason: 'changed-mind' }, { key });
  assert.is(reused.status, 422);
  assert.is(reused.body.code, 'idempotency_key_reused');
  assert.is.not((await buyer.get(`/api/orders/${id}`)).body.status, 'CANCELLED');
});
