import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { modelOf, orderFields, partnerOf, send } from './open-partners.ts';
import { type Rest, withRest } from './open-rest.ts';

const test = spec<Rest>('batches of orders', withRest, { deadlineMs: 40_000 });

interface Item {
  readonly status: number;
  readonly code?: string;
  readonly reference?: string;
  readonly detail?: string;
  readonly order?: { readonly id: string; readonly reference?: string } | string;
  readonly errors?: readonly { readonly path: string }[];
}

const idsOf = (items: readonly Item[]): string[] =>
  items.map(({ order }) => (typeof order === 'object' ? order.id : 'none'));

const stored = async ({ core }: Rest): Promise<number> => {
  const { rows } = await core.pool.query(`select count(*)::int as n from actor_log where kind = 'order'`);
  return rows[0].n;
};

test('a batch sent twice, and twice at once, makes each order once and answers the same', async (rest) => {
  const { api } = await partnerOf(rest);
  const model = await modelOf(api);
  const orders = Array.from({ length: 100 }, (_, n) => orderFields(model, `PO-${n}`));
  const key = randomUUID();
  const batch = () => send(api, '/v1/orders/batch', { orders }, { key });
  const [first, second] = await Promise.all([batch(), batch()]);
  const third = await batch();
  const { items } = third.body as { items: Item[] };
  assert.equal([first.status, second.status, third.status], [200, 200, 200]);
  assert.equal(first.body, third.body);
  assert.equal(second.body, third.body);
  assert.is(third.headers.get('idempotent-replay'), 'true');
  assert.equal(
    items.map(({ status, order }) => [status, (order as { reference: string }).reference]),
    orders.map(({ reference }) => [201, reference]),
  );
  assert.is(new Set(idsOf(items)).size, 100);
  assert.is(await stored(rest), 100);
});

test('under another key the references are taken, and the answer says by which orders', async (rest) => {
  const { api } = await partnerOf(rest);
  const model = await modelOf(api);
  const orders = ['A', 'B'].map((reference) => orderFields(model, reference));
  const made = await send(api, '/v1/orders/batch', { orders });
  const again = await send(api, '/v1/orders/batch', { orders: [...orders, orderFields(model, 'C')] });
  const items: Item[] = again.body.items;
  assert.equal(
    items.map(({ status, code, reference }) => [status, code, reference]),
    [
      [409, 'reference_taken', 'A'],
      [409, 'reference_taken', 'B'],
      [201, undefined, 'C'],
    ],
  );
  assert.is(items[0]?.detail, 'an order has this reference already, and references are for ever');
  assert.equal(
    items.slice(0, 2).map(({ order }) => order),
    idsOf(made.body.items),
  );
});

test('one bad shape refuses all, naming the place', async (rest) => {
  const { api } = await partnerOf(rest);
  const model = await modelOf(api);
  const orders: unknown[] = Array.from({ length: 5 }, (_, n) => orderFields(model, `PO-${n}`));
  const bad = (n: number, order: unknown) =>
    send(api, '/v1/orders/batch', { orders: orders.map((one, i) => (i === n ? order : one)) });
  const good = orderFields(model);
  for (const [answer, path] of [
    [await bad(3, { ...good, settings: { ...good.settings, quantity: 0 } }), '/orders/3/settings/quantity'],
    [await bad(4, { ...good, colour: 'red' }), '/orders/4/colour'],
    [await bad(1, { settings: good.settings }), '/orders/1/model'],
    [await bad(2, orderFields(model, 'PO-0')), '/orders/2/reference'],
    [await send(api, '/v1/orders/batch', { orders: [] }), '/orders'],
    [await send(api, '/v1/orders/batch', { orders: Array.from({ length: 101 }, () => good) }), '/orders'],
    [await send(api, '/v1/orders/batch', {}), '/orders'],
  ] as const) {
    assert.equal([answer.status, answer.body.code], [422, 'invalid'], path);
    assert.ok(
      answer.body.errors.some((fault: { path: string }) => fault.path === path),
      `${path} in ${JSON.stringify(answer.body.errors)}`,
    );
  }
  assert.is(await stored(rest), 0);
});

test('what one order alone is refused for leaves the others', async (rest) => {
  const { api } = await partnerOf(rest);
  const model = await modelOf(api);
  const orders = [orderFields(model, 'A'), orderFields(randomUUID(), 'B'), orderFields(model)];
  const { body } = await send(api, '/v1/orders/batch', { orders });
  const items: Item[] = body.items;
  assert.equal(
    items.map(({ status, code, reference, detail }) => [status, code, reference, detail]),
    [
      [201, undefined, 'A', undefined],
      [422, 'invalid', 'B', '/model unknown model'],
      [201, undefined, undefined, undefined],
    ],
  );
  assert.equal(
    items[1]?.errors?.map(({ path }) => path),
    ['/model'],
  );
});
