import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { Api, type CallOptions, type Reply } from '../_kit/api.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { cube, settings } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';

const test = spec<Product>(
  'partners',
  async (lend) => {
    const product = await startProduct({ nodes: 2 });
    try {
      await lend(product);
    } finally {
      await product.close();
    }
  },
  { deadlineMs: 180_000, shared: true },
);

interface Key {
  readonly partner: string;
  readonly id: string;
  readonly apiKey: string;
}

async function addKey(product: Product, partner: string): Promise<{ key: Key; api: Api }> {
  const key = JSON.parse(await product.andon('keys', 'add', '--partner', partner, '--json')) as Key;
  return { key, api: new Api(product.url, { token: key.apiKey, id: '', name: partner }) };
}

const wait429 = (reply: Reply): Promise<void> => sleep(Number(reply.headers.get('retry-after')) * 1_000);

/** A write under a key of its own; comes again when told to. */
async function send(api: Api, path: string, body: unknown = {}, options: CallOptions = {}): Promise<Reply> {
  const all = { key: randomUUID(), ...options };
  for (;;) {
    const reply = await api.post(path, body, all);
    if (reply.status !== 429) return reply;
    await wait429(reply);
  }
}

interface Event {
  readonly id: string;
  readonly order: string;
  readonly reference?: string;
  readonly version: number;
  readonly type: string;
  readonly status: string;
}

/** From the first event on, by long poll, until `enough`. */
async function follow(api: Api, enough: (all: readonly Event[]) => boolean): Promise<Event[]> {
  const all: Event[] = [];
  for (let next = ''; !enough(all); ) {
    const reply = await api.get(`/v1/events?wait=30&limit=70${next === '' ? '' : `&after=${next}`}`);
    if (reply.status === 429) await wait429(reply);
    else {
      assert.is(reply.status, 200, JSON.stringify(reply.body));
      all.push(...reply.body.items);
      next = reply.body.next;
    }
  }
  return all;
}

async function killKeeper(product: Product): Promise<void> {
  const keeper = (await product.status()).processes.find(({ type }) => type === 'keeper');
  process.kill(keeper!.pid, 'SIGKILL');
}

async function rowsOf(product: Product, sql: string): Promise<Record<string, string>[]> {
  const owner = (await product.status()).servers.find(({ name }) => name === 'postgres');
  const client = new pg.Client(owner?.url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a batch sent four times over two nodes is made and priced once; the feed tells all of it in order, its keeper killed meanwhile', async (product) => {
  const { key, api } = await addKey(product, 'Acme Jewels');
  assert.match(key.apiKey, /^ak_/);
  const { body: uploaded } = await send(api, '/v1/models', cube(), { headers: { 'x-filename': 'ring.stl' } });
  const fields = { model: uploaded.model, settings: await settings(api), site: 'north' };
  const orders = Array.from({ length: 100 }, (_, n) => ({ ...fields, reference: `PO-${n}` }));
  const idempotency = randomUUID();
  const batch = (at?: string) =>
    send(api, '/v1/orders/batch', { orders }, { key: idempotency, ...(at === undefined ? {} : { at }) });
  const [first, second] = [await batch(), await batch()];
  const both = await Promise.all(product.nodes.map((node) => batch(node)));
  for (const again of [second, ...both]) assert.equal([again.status, again.body], [200, first.body]);
  const ids: string[] = first.body.items.map((item: { order: { id: string } }) => item.order.id);
  assert.is(new Set(ids).size, 100);
  const [made] = await rowsOf(product, `select count(*) as n from actor_log where kind = 'order' and version = 1`);
  assert.is(made?.['n'], '100');

  const told = follow(
    api,
    (all) => new Set(all.filter(({ type }) => type === 'priced').map(({ order }) => order)).size === 100,
  );
  for (const [n, id] of ids.entries()) {
    assert.is((await send(api, `/v1/orders/${id}/submit`)).status, 200);
    if (n === 50) await killKeeper(product);
  }
  const events = await told;
  assert.is(new Set(events.map(({ id }) => id)).size, events.length, 'nothing is told twice');
  for (const [n, id] of ids.entries()) {
    const own = events.filter(({ order }) => order === id);
    assert.equal(
      own.map(({ version }) => version),
      own.map((_, i) => i + 1),
      'by version, without a gap',
    );
    const types = own.map(({ type }) => type);
    assert.equal([types[0], types[1], types.at(-1)], ['created', 'submitted', 'priced']);
    assert.equal(
      ['submitted', 'priced'].map((type) => types.filter((one) => one === type).length),
      [1, 1],
    );
    assert.ok(own.every(({ reference }) => reference === `PO-${n}`));
  }
  const found = await api.get('/v1/orders?reference=PO-42');
  assert.equal([found.body.items[0].id, found.body.items[0].status], [ids[42], 'PRICE_CALCULATED']);

  await product.andon('keys', 'revoke', key.id);
  await until(
    'no node takes the key any more',
    async () => {
      const answers = await Promise.all(product.nodes.map((at) => api.get('/v1/orders', { at })));
      return answers.every(({ status }) => status === 401);
    },
    2_000,
  );
});

test('ten times over its quota a partner is told when to come again, truly, and others feel nothing', async (product) => {
  const [{ api: loud }, { api: quiet }] = [await addKey(product, 'Loud'), await addKey(product, 'Quiet')];
  const burst = Promise.all(Array.from({ length: 500 }, () => loud.get('/v1/orders?limit=1')));
  for (let n = 0; n < 10; n++) assert.is((await quiet.get('/v1/orders?limit=1')).status, 200);
  const answers = await burst;
  const refused = answers.filter(({ status }) => status === 429);
  assert.ok(refused.length > 0, 'some were too many');
  assert.ok(answers.every(({ status }) => status === 200 || status === 429));
  const last = refused.at(-1);
  assert.equal([last?.body.code, last?.body.limit], ['too_many', 50]);
  assert.match(last?.headers.get('ratelimit-policy') ?? '', '"requests";q=50;w=1');
  assert.match(last?.headers.get('ratelimit') ?? '', '"requests";r=0;t=1');
  await wait429(last!);
  assert.is((await loud.get('/v1/orders?limit=1')).status, 200);
});

test('keys are listed by the launcher, and only what is asked rightly is done', async (product) => {
  const { key } = await addKey(product, 'Bolt');
  const list = JSON.parse(await product.andon('keys', 'list', '--json')) as { id: string; partner: string }[];
  assert.equal(
    list.filter(({ id }) => id === key.id).map(({ partner }) => partner),
    ['Bolt'],
  );
  assert.not(JSON.stringify(list).includes(key.apiKey));
  const narrow = JSON.parse(
    await product.andon('keys', 'add', '--partner', 'Bolt', '--scopes', 'events:read', '--expires', '1', '--json'),
  );
  const api = new Api(product.url, { token: narrow.apiKey, id: '', name: 'Bolt' });
  assert.equal([(await api.get('/v1/events')).status, (await api.get('/v1/orders')).status], [200, 403]);
  for (const [wrong, said] of [
    [['keys', 'add', '--partner', 'Bolt', '--scopes', 'all'], /no scope all/],
    [['keys', 'revoke', randomUUID()], /no key/],
  ] as const) {
    const error: { stderr?: string } = await product.andon(...wrong).then(
      () => ({}),
      (thrown) => thrown,
    );
    assert.match(error.stderr ?? '', said);
  }
});
