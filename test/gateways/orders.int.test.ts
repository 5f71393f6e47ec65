import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Rest, withRest } from './open-rest.ts';
import { SETTINGS, STL } from './rest-story.ts';

const test = spec<Rest>('orders over REST', withRest, { deadlineMs: 20_000 });

test('an order goes from upload to completed', async ({ as, orderOf }) => {
  const [buyer, operator] = [await as('buyer'), await as('operator', { site: 'north' })];
  const { id } = await orderOf(buyer, 'MANUFACTURING_APPROVED');
  const captured = await operator.order(id, 'capture', { epoch: 0 });
  assert.equal([captured.status, captured.body.capture.operator], [200, { id: operator.id, name: operator.name }]);
  const { epoch } = captured.body;
  await operator.order(id, 'start', { epoch });
  const done = await operator.order(id, 'complete', { epoch });
  assert.equal([done.body.status, done.body.capture], ['MANUFACTURING_COMPLETED', null]);
  assert.is(done.headers.get('etag'), `"${done.body.version}"`);
});

test('a new order is 201 with its version, epoch 0 and who must act', async ({ as, orderOf }) => {
  const buyer = await as('buyer');
  const order = await orderOf(buyer);
  const { status, version, epoch, revision, waiting, settings, capture } = order;
  assert.equal(
    { status, version, epoch, revision, capture },
    { status: 'INITIATED', version: 1, epoch: 0, revision: 1, capture: null },
  );
  assert.equal([waiting.for, settings], ['buyer', SETTINGS]);
  assert.equal(Object.keys(order.model).sort(), ['bytes', 'id', 'name']);
});

test('a repeat gets the same answer, marked; one of ten at once is not', async ({ as }) => {
  const buyer = await as('buyer');
  const { model } = (await buyer.upload(STL, 'ring.stl')).body;
  const key = randomUUID();
  const make = () => buyer.post('/api/orders', { model, settings: SETTINGS }, { key });
  const all = await Promise.all(Array.from({ length: 10 }, make));
  assert.equal(new Set(all.map(({ status }) => status)), new Set([201]));
  assert.is(new Set(all.map(({ body }) => JSON.stringify(body))).size, 1);
  assert.is(all.filter(({ headers }) => headers.get('idempotent-replay') === null).length, 1);
  const { id } = all[0]!.body;
  await buyer.order(id, 'submit');
  assert.is((await make()).body.version, 1);
});

test('a key used for something else is told, and nothing happens', async ({ as, orderOf }) => {
  const buyer = await as('buyer');
  const { model } = (await buyer.upload(STL, 'ring.stl')).body;
  const key = randomUUID();
  await buyer.post('/api/orders', { model, settings: SETTINGS }, { key });
  for (const other of [{ settings: { ...SETTINGS, quantity: 2 } }, { settings: SETTINGS, note: 'be quick' }]) {
    const reused = await buyer.post('/api/orders', { model, ...other }, { key });
    assert.equal([reused.status, reused.body.code], [422, 'idempotency_key_reused']);
  }
  const order = await orderOf(buyer, 'PRICE_CALCULATED');
  const approve = () => buyer.order(order.id, 'approve', { priceVersion: 1 }, { key });
  assert.is((await approve()).status, 200, 'keys of different orders are different');
});

test('a refusal is repeated as it was, marked', async ({ as, orderOf }) => {
  const [buyer, first, second] = [
    await as('buyer'),
    await as('operator', { site: 'north' }),
    await as('operator', { site: 'north' }),
  ];
  const { id } = await orderOf(buyer, 'MANUFACTURING_APPROVED');
  await first.order(id, 'capture', { epoch: 0 });
  const key = randomUUID();
  const refused = await second.order(id, 'capture', { epoch: 0 }, { key });
  assert.equal([refused.status, refused.body.code], [409, 'already_captured']);
  assert.equal(refused.body.holder, { id: first.id, name: first.name });
  assert.is(refused.body.epoch, 1);
  assert.is(refused.headers.get('idempotent-replay'), null);
  await first.order(id, 'release', { epoch: 1 });
  const again = await second.order(id, 'capture', { epoch: 0 }, { key });
  assert.equal([again.body.code, again.headers.get('idempotent-replay')], ['already_captured', 'true']);
});

test('If-Match with an old version is 412 and shows the order', async ({ as, orderOf }) => {
  const buyer = await as('buyer');
  const { id } = await orderOf(buyer);
  const old = await buyer.order(id, 'submit', {}, { headers: { 'if-match': '"7"' } });
  assert.equal([old.status, old.body.code, old.body.order.version], [412, 'version_changed', 1]);
  const fits = await buyer.order(id, 'submit', {}, { headers: { 'if-match': '"1"' } });
  assert.equal([fits.status, fits.body.version], [200, 2]);
});

test('a repeat of an accepted command is answered before its old If-Match counts', async ({ as, orderOf }) => {
  const buyer = await as('buyer');
  const { id } = await orderOf(buyer);
  const options = { key: randomUUID(), headers: { 'if-match': '"1"' } };
  await buyer.order(id, 'submit', {}, options);
  const again = await buyer.order(id, 'submit', {}, options);
  assert.equal([again.status, again.headers.get('idempotent-replay')], [200, 'true']);
});

test('wrong_status names the status and where the command would be taken', async ({ as, orderOf }) => {
  const buyer = await as('buyer');
  const { id } = await orderOf(buyer);
  const { status, body } = await buyer.order(id, 'approve', { priceVersion: 1 });
  assert.equal(
    [status, body.code, body.status, body.allowed],
    [409, 'wrong_status', 'INITIATED', ['PRICE_CALCULATED']],
  );
});

test('a read is 304 for who has that version; atLeast waits for a later one', async ({ as, orderOf }) => {
  const buyer = await as('buyer');
  const { id } = await orderOf(buyer);
  const path = `/api/orders/${id}`;
  const { headers } = await buyer.get(path);
  assert.is((await buyer.get(path, { headers: { 'if-none-match': headers.get('etag') ?? '' } })).status, 304);
  const later = buyer.get(`${path}?atLeast=2`);
  await buyer.order(id, 'submit');
  assert.is((await later).body.version, 2);
  const never = await buyer.get(`${path}?atLeast=9`);
  assert.equal([never.status, never.headers.get('etag')], [200, '"2"']);
});

test('a 304 asks Postgres nothing', async ({ as, orderOf, core }) => {
  const buyer = await as('buyer');
  const { id } = await orderOf(buyer);
  const tag = (await buyer.get(`/api/orders/${id}`)).headers.get('etag') ?? '';
  const asked: unknown[] = [];
  const query = core.pool.query.bind(core.pool);
  core.pool.query = ((...args: unknown[]) => {
    asked.push(args[0]);
    return (query as (...all: unknown[]) => unknown)(...args);
  }) as typeof core.pool.query;
  const heads = core.reader.heads.bind(core.reader);
  core.reader.heads = (keys) => {
    asked.push(keys);
    return heads(keys);
  };
  assert.is((await buyer.get(`/api/orders/${id}`, { headers: { 'if-none-match': tag } })).status, 304);
  assert.equal(asked, []);
});

test('buyers see that an order is taken, never by whom', async ({ as, orderOf }) => {
  const [buyer, operator] = [await as('buyer'), await as('operator', { site: 'north' })];
  const { id } = await orderOf(buyer, 'MANUFACTURING_APPROVED');
  await operator.order(id, 'capture', { epoch: 0 });
  const { body } = await buyer.get(`/api/orders/${id}`);
  assert.equal(Object.keys(body.capture), ['since']);
  const story = await buyer.get(`/api/orders/${id}/timeline`);
  const refused = await buyer.order(id, 'approve', { priceVersion: 1 });
  for (const seen of [body, story.body, refused.body]) {
    assert.not(JSON.stringify(seen).includes(operator.id) || JSON.stringify(seen).includes(operator.name));
  }
});

test('the timeline tells every version, who did it to staff, and how long it took', async ({ as, orderOf }) => {
  const [buyer, operator] = [await as('buyer'), await as('operator', { site: 'north' })];
  const { id, version } = await orderOf(buyer, 'MANUFACTURING_APPROVED');
  const { body } = await operator.get(`/api/orders/${id}/timeline`);
  assert.equal(new Set(body.items.map((item: { version: number }) => item.version)).size, version);
  const last = body.items.at(-1);
  assert.equal(
    [last.type, last.from, last.to, last.by.id],
    ['approved', 'PRICE_CALCULATED', 'MANUFACTURING_APPROVED', buyer.id],
  );
  assert.ok(last.lastedMs >= 0 && body.totals.MANUFACTURING_APPROVED >= 0);
});

test('buyers list their own orders, staff its site’s, page by page', async ({ as, orderOf, keep }) => {
  keep();
  const [buyer, other, north, south] = [
    await as('buyer'),
    await as('buyer'),
    await as('supervisor', { site: 'north' }),
    await as('operator', { site: 'south' }),
  ];
  const orders = [await orderOf(buyer), await orderOf(buyer), await orderOf(buyer)];
  await orderOf(other);
  await until('the list', async () => (await north.get('/api/orders')).body.items.length === 4);
  const first = (await buyer.get('/api/orders?limit=2')).body;
  const rest = (await buyer.get(`/api/orders?limit=2&cursor=${first.next}`)).body;
  const ids = [...first.items, ...rest.items].map((order: { id: string }) => order.id);
  assert.equal(ids, orders.map(({ id }) => id).reverse());
  assert.is(rest.next, null);
  assert.is((await buyer.get('/api/orders?status=SUBMITTED')).body.items.length, 0);
  assert.equal((await buyer.get(`/api/orders?q=${orders[0]!.number}`)).body.items[0], orders[0]);
  assert.is((await south.get('/api/orders')).body.items.length, 0);
  assert.is((await south.get('/api/orders?site=north')).body.items.length, 0);
  for (const query of ['limit=0', 'limit=201', 'cursor=x', 'status=NEW', 'x=1']) {
    const { status, body } = await buyer.get(`/api/orders?${query}`);
    assert.equal([status, body.code], [422, 'invalid'], query);
  }
});
