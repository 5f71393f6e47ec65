import * as assert from 'uvu/assert';
import { revokePartnerKey } from '../../src/identity/partner-keys.ts';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { modelOf, orderFields, partnerOf, send } from './open-partners.ts';
import { openRest, type Rest, type RestNode, withRest, withSettings } from './open-rest.ts';

const test = spec<Rest>('events of partners', withRest, { deadlineMs: 30_000 });

interface Event {
  readonly id: string;
  readonly order: string;
  readonly reference?: string;
  readonly version: number;
  readonly type: string;
  readonly status: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Page {
  readonly items: Event[];
  readonly next: string;
}

async function page(api: Api, query: string): Promise<Page> {
  const { status, body } = await api.get(`/v1/events?${query}`);
  assert.is(status, 200, JSON.stringify(body));
  return body;
}

/** Reads on from the first event until there are so many. */
async function readAll(api: Api, count: number, limit = 200): Promise<Event[]> {
  const all: Event[] = [];
  let next: string | undefined;
  while (all.length < count) {
    const got = await page(api, `wait=10&limit=${limit}${next === undefined ? '' : `&after=${next}`}`);
    assert.ok(got.items.length > 0, `only ${all.length} of ${count} came`);
    all.push(...got.items);
    next = got.next;
  }
  return all;
}

test('everything that happened to a partner’s orders is told once, by version, and nothing of others', async (rest) => {
  rest.keep();
  const [one, other] = [await partnerOf(rest), await partnerOf(rest)];
  await rest.orderOf(await rest.as('buyer'), 'MANUFACTURING_APPROVED');
  const model = await modelOf(one.api);
  const orders = ['A', 'B', 'C'].map((reference) => orderFields(model, reference));
  const { items } = (await send(one.api, '/v1/orders/batch', { orders })).body;
  const ids: string[] = items.map((item: { order: { id: string } }) => item.order.id);
  await Promise.all(ids.map((id) => send(one.api, `/v1/orders/${id}/submit`)));
  for (const id of ids) await rest.priced(id);
  const all = await readAll(one.api, 9, 2);
  assert.is(all.length, 9);
  assert.is(new Set(all.map(({ id }) => id)).size, 9);
  for (const [n, id] of ids.entries()) {
    const own = all.filter(({ order }) => order === id);
    assert.equal(
      own.map(({ type, version, status, reference }) => [type, version, status, reference]),
      [
        ['created', 1, 'INITIATED', orders[n]?.reference],
        ['submitted', 2, 'SUBMITTED', orders[n]?.reference],
        ['priced', 3, 'PRICE_CALCULATED', orders[n]?.reference],
      ],
    );
    assert.is((own[2]!.data['price'] as { amount: number }).amount, 2_500);
    assert.equal(own[1]?.data['by'], { role: 'partner', id: one.id });
  }
  assert.equal(all, await readAll(one.api, 9), 'whatever the size of the pages');
  assert.equal((await page(other.api, '')).items, []);
});

test('`next` is always a place to read on from, and an answer waits for what comes', async (rest) => {
  rest.keep();
  const { api } = await partnerOf(rest);
  const empty = await page(api, '');
  assert.ok(empty.items.length === 0 && empty.next.length > 0);
  const model = await modelOf(api);
  const waiting = page(api, `after=${empty.next}&wait=20`);
  const { id } = (await send(api, '/v1/orders', orderFields(model))).body;
  const first = await waiting;
  assert.equal(
    first.items.map(({ order, type }) => [order, type]),
    [[id, 'created']],
  );
  const started = performance.now();
  const none = await page(api, `after=${first.next}&wait=1`);
  assert.ok(performance.now() - started >= 990, 'it waited');
  assert.equal(none, { items: [], next: first.next });
  await send(api, `/v1/orders/${id}/submit`);
  const second = await page(api, `after=${none.next}&wait=20`);
  assert.equal(
    second.items.map(({ version }) => version),
    [2],
  );
});

test('a place that the feed never gave is refused', async (rest) => {
  const { api } = await partnerOf(rest);
  const forged = (text: string): string => Buffer.from(text).toString('base64url');
  for (const after of [
    'nonsense',
    forged('1:2:3'),
    forged('1:2:3:4:5'),
    forged('9999999999:1:1:1'),
    forged('1:99999999999999999999:1:1'),
    forged('-1:1:1:1'),
    `${forged('1:2:3:4')}=`,
  ]) {
    const { status, body } = await api.get(`/v1/events?after=${encodeURIComponent(after)}`);
    assert.equal([status, body.errors?.[0]?.path], [422, '/after'], after);
  }
  for (const query of ['wait=31', 'wait=-1', 'limit=201', 'since=1'])
    assert.is((await api.get(`/v1/events?${query}`)).status, 422, query);
});

test('operators stay unnamed', async (rest) => {
  rest.keep();
  const { api } = await partnerOf(rest);
  const operator = await rest.as('operator', { site: 'north' });
  const model = await modelOf(api);
  const { id } = (await send(api, '/v1/orders', { ...orderFields(model), site: 'north' })).body;
  await send(api, `/v1/orders/${id}/submit`);
  await rest.priced(id);
  await send(api, `/v1/orders/${id}/approve`, { priceVersion: 1 });
  await operator.order(id, 'capture', { epoch: 0 });
  const all = await readAll(api, 5);
  assert.equal(
    all.map(({ type }) => type),
    ['created', 'submitted', 'priced', 'approved', 'captured'],
  );
  for (const secret of [operator.id, operator.name]) assert.not(JSON.stringify(all).includes(secret));
});

test('a version that can’t be told puts its order aside, and the others are told on', async (rest) => {
  const { api } = await partnerOf(rest);
  const model = await modelOf(api);
  const [bad, good] = [
    (await send(api, '/v1/orders', orderFields(model))).body,
    (await send(api, '/v1/orders', orderFields(model))).body,
  ];
  const admin = rest.core.config.databaseAdminUrl;
  const { default: pg } = await import('pg');
  const owner = new pg.Client(admin);
  await owner.connect();
  await owner.query(`update actor_log set events = '[null]' where actor_id = $1`, [bad.id]);
  await owner.end();
  rest.keep();
  const all = await readAll(api, 1);
  assert.equal(
    all.map(({ order }) => order),
    [good.id],
  );
  await until('it is in quarantine', async () => {
    const { rows } = await rest.core.pool.query('select actor_id from quarantine');
    return rows.length === 1 && rows[0].actor_id === bad.id;
  });
});

const nodes = spec<RestNode[]>(
  'waiting for events',
  (lend, title) =>
    withSettings()(async (config) => {
      const open = [await openRest(config)];
      try {
        await lend(open);
      } finally {
        for (const node of open) await node.close();
      }
    }, title),
  { deadlineMs: 30_000 },
);

nodes('who hangs up is waited for no longer, and a node that drains answers at once', async ([node]) => {
  const { api } = await partnerOf(node!);
  const { next } = await page(api, '');
  const hungUp = new AbortController();
  const gone = api.get(`/v1/events?after=${next}&wait=30`, { signal: hungUp.signal }).catch(() => 'gone');
  await until('it is waited for', () => node!.partners.waiting === 1);
  hungUp.abort();
  assert.is(await gone, 'gone');
  await until('nobody is', () => node!.partners.waiting === 0);
  const waiting = page(api, `after=${next}&wait=30`);
  await until('another waits', () => node!.partners.waiting === 1);
  node!.partners.drain();
  assert.equal(await waiting, { items: [], next });
});

nodes('whose key was revoked meanwhile waits in vain: it is told that, and no event', async ([node]) => {
  const rest = node!;
  rest.keep();
  const company = await partnerOf(rest);
  const second = await partnerOf(rest, { name: company.name });
  const model = await modelOf(second.api);
  const { next } = await page(second.api, '');
  const waiting = company.api.get(`/v1/events?after=${next}&wait=20`);
  await until('it waits', () => rest.partners.waiting > 0);
  assert.ok(await revokePartnerKey(rest.core.pool, company.keyId));
  await until('the key is known to be gone', async () => (await company.api.get('/v1/orders')).status === 401);
  await send(second.api, '/v1/orders', orderFields(model));
  assert.equal([(await waiting).status, (await waiting).body.code], [401, 'unauthenticated']);
});
