import { io } from 'socket.io-client';
import * as assert from 'uvu/assert';
import { Api, type Reply } from '../_kit/api.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { approvedOrder, cube, newBuyer, operators } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';

const withProduct: Fixture<Product> = async (lend) => {
  const product = await startProduct({ nodes: 2 });
  try {
    await lend(product);
  } finally {
    await product.close();
  }
};

const test = spec<Product>('a guest of an order, through the balancer', withProduct, {
  deadlineMs: 120_000,
  shared: true,
});

test('the link that a buyer gives away shows the order on every node, live, until it is revoked', async (product) => {
  const buyer = await newBuyer(product.url);
  const [operator] = await operators(product, 1);
  const order = await approvedOrder(buyer);
  const { url } = (await buyer.post(`/api/orders/${order.id}/share`)).body;
  const [origin, id, token] = /^(.+)\/#\/track\/([^/]+)\/([^/]+)$/.exec(url)?.slice(1) ?? [];
  assert.equal([origin, id], [product.url, order.id]);
  const reads = (): Promise<Reply[]> =>
    Promise.all([product.url, ...product.nodes].map((at) => new Api(at).get(`/api/orders/${id}?share=${token}`)));
  for (const { status, body } of await reads()) assert.equal([status, body.id], [200, id]);

  const socket = io(`${product.url}/storefront`, { transports: ['websocket'], forceNew: true });
  const told: string[] = [];
  socket.on('order:changed', ({ type }) => told.push(type));
  socket.on('track:ended', () => told.push('ended'));
  try {
    assert.is((await socket.timeout(10_000).emitWithAck('track', { order: id, token })).ok, true);
    assert.is((await operator!.order(order.id, 'capture', { epoch: order.epoch })).status, 200);
    await until('the capture is told', () => told.length > 0);
    assert.is((await buyer.call('DELETE', `/api/orders/${id}/share`)).status, 200);
    await until('the end is told', () => told.length > 1, 2_000);
    assert.equal(told, ['captured', 'ended']);
    await until('no node opens it', async () => (await reads()).every(({ status }) => status === 404), 2_000);
  } finally {
    socket.close();
  }
});

test('an operator downloads the model of an order through the balancer, whole and in part', async (product) => {
  const buyer = await newBuyer(product.url);
  const [operator] = await operators(product, 1);
  const stl = Buffer.from(cube());
  const { id } = await approvedOrder(buyer, { stl });
  const { model } = (await buyer.get(`/api/orders/${id}`)).body;
  const download = (headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${product.url}/api/models/${model.id}/file`, {
      headers: { authorization: `Bearer ${operator!.token}`, ...headers },
    });
  await until('the list of orders knows it', async () => (await download()).status === 200);
  assert.ok(Buffer.from(await (await download()).arrayBuffer()).equals(stl));
  const part = await download({ range: 'bytes=84-133' });
  assert.equal([part.status, part.headers.get('content-range')], [206, `bytes 84-133/${stl.length}`]);
  assert.ok(Buffer.from(await part.arrayBuffer()).equals(stl.subarray(84, 134)));
});
