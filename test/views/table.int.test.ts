import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { readFeed } from '../../src/log/feed.ts';
import { listQuarantined } from '../../src/log/quarantine.ts';
import { LogReader } from '../../src/log/read.ts';
import { readCursor } from '../../src/views/cursors.ts';
import { listOrders, type OrderFilter, type OrderList } from '../../src/views/order-list.ts';
import type { OrderRow } from '../../src/views/order-row.ts';
import { writeOrders } from '../../src/views/orders-store.ts';
import { rebuildOrders } from '../../src/views/rebuild-table.ts';
import { ORDERS_FEED } from '../../src/views/table.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { newRow } from '../log/new-row.ts';
import { type OpenViews, withViews } from './open-views.ts';
import { changed, created, orderRow } from './shop-floor.ts';

const test = spec('orders', withViews, { deadlineMs: 20_000 });

const KIND = { kind: 'order', upcast: (state: unknown) => state };
const list = (
  { pool }: OpenViews,
  filter: OrderFilter = {},
  cursor: string | null = null,
  limit = 10,
): Promise<OrderList> => listOrders(pool, KIND, filter, cursor, limit);
const table = ({ see }: OpenViews): Promise<OrderRow[]> => see<OrderRow>('select * from orders order by id');

const versions = async ({ see }: OpenViews): Promise<Record<string, number>> => {
  const rows = await see<{ id: string; version: number }>('select id, version from orders');
  return Object.fromEntries(rows.map(({ id, version }) => [id, version]));
};

test('every order has one row as its newest version left it', async (views) => {
  const [a, b] = [created(), created({ site: 'south', lane: null })];
  const a2 = changed(a, { lane: 'in_work' });
  await views.append(a, b, a2, newRow({ kind: 'operator' }));
  await views.settle();
  const rows = [a2, b].map((row) => orderRow(row as never) as OrderRow).toSorted((x, y) => (x.id < y.id ? -1 : 1));
  assert.equal(JSON.parse(JSON.stringify(await table(views))), rows);
  const { items } = await list(views);
  assert.equal(
    items,
    [a2, b].map(({ actor: id, version, after: state }) => ({ id, version, state })),
  );
});

test('the feed follows by itself', async (views) => {
  const stop = new AbortController();
  const run = views.table.run(stop.signal);
  await views.append(created());
  await until('the row is there', async () => Object.keys(await versions(views)).length === 1);
  stop.abort();
  await run;
});

test('reading the same rows twice, or older ones late, changes nothing', async (views) => {
  const row = created();
  const later = changed(row, { lane: 'made' });
  await views.append(row, later);
  await views.settle();
  const before = await table(views);
  await views.see(`update cursors set era = 0, xid = '0', seq = 0`);
  await views.settle();
  assert.equal(await table(views), before);
  const cursor = await readCursor(views.pool, ORDERS_FEED);
  await writeOrders(views.pool, [orderRow(row as never) as OrderRow], ORDERS_FEED, cursor, cursor);
  assert.equal(await table(views), before);
});

test('of two owners that read from one place one writes; the cursor never goes back', async (views) => {
  const row = created();
  await views.append(row);
  const from = await readCursor(views.pool, ORDERS_FEED);
  await views.settle();
  const to = await readCursor(views.pool, ORDERS_FEED);
  const other = { ...(orderRow(row as never) as OrderRow), version: 9 };
  assert.is(await writeOrders(views.pool, [other], ORDERS_FEED, from, from), false);
  assert.equal(await versions(views), { [row.actor]: 1 });
  assert.equal(await readCursor(views.pool, ORDERS_FEED), to);
  const page = await readFeed(views.pool, from, 10);
  assert.is(page.rows.length, 1);
  const both = await Promise.all([views.table.step(), views.table.step(), views.table.step()]);
  assert.equal(both, [false, false, false]);
});

test('a row that cannot be folded puts its actor into quarantine; the feed goes on', async (views) => {
  const [broken, good] = [created({ broken: true }), created()];
  await views.hot.finish([
    {
      type: 'state',
      kind: 'order',
      actor: broken.actor,
      token: null,
      version: 1,
      commandId: 'c',
      json: '{}',
      message: null,
    },
  ]);
  await views.append(broken, good);
  await views.settle();
  assert.equal(await versions(views), { [good.actor]: 1 });
  const [only, ...more] = await listQuarantined(views.pool);
  assert.equal([only?.actor, only?.kind, more], [broken.actor, 'order', []]);
  assert.match(only?.why ?? '', 'version 1');
  const [state] = await views.hot.read([{ kind: 'order', actor: broken.actor }]);
  assert.is(state?.quarantined, true);
});

test('a hole in the log puts its actor into quarantine, of any kind; the feed goes on', async (views) => {
  const whole = created();
  const holed = created();
  const two = changed(holed, { lane: 'made' });
  const three = changed(two, { lane: 'in_work' });
  const operator = newRow({ kind: 'operator' });
  const shift = newRow({ kind: 'operator', actor: operator.actor, version: 2, base: operator.commandId });
  await views.append(whole, holed, two, three, operator, shift, changed(whole, { priority: 3 }));
  await views.see('delete from actor_log where actor_id = $1 and version = 2', [holed.actor]);
  await views.see('delete from actor_log where actor_id = $1 and version = 1', [operator.actor]);
  await views.settle();
  const found = await listQuarantined(views.pool);
  assert.equal(found.map(({ actor }) => actor).sort(), [holed.actor, operator.actor].sort());
  assert.equal(await versions(views), { [whole.actor]: 2, [holed.actor]: 3 });
});

test('lists go newest change first, page by page, each order once', async (views) => {
  const rows = Array.from({ length: 7 }, () => created());
  await views.append(...rows);
  await views.settle();
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: OrderList = await list(views, {}, cursor, 3);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  assert.equal(ids, rows.map((row) => row.actor).reverse());
});

test('lists filter by site, owner, status, what they wait for, and the beginning of number or reference', async (views) => {
  const [open, closed, south] = [created(), created({ lane: null }), created({ site: 'south' })];
  await views.append(open, closed, south);
  await views.settle();
  await views.see(`update orders set reference = 'PO-7%', owner = 'carl' where id = $1`, [south.actor]);
  const ids = async (filter: OrderFilter): Promise<string[]> =>
    (await list(views, filter)).items.map(({ id }) => id).sort();
  const sorted = (...rows: { actor: string }[]): string[] => rows.map(({ actor }) => actor).sort();
  assert.equal(await ids({ site: 'north' }), sorted(open, closed));
  assert.equal(await ids({ tenant: 'house', owner: 'carl' }), sorted(south));
  assert.equal(await ids({ tenant: 'other' }), []);
  assert.equal(await ids({ statuses: ['CLOSED', 'LOST'] }), sorted(closed));
  assert.equal(await ids({ waitingFor: 'operators', site: 'north' }), sorted(open));
  assert.equal(await ids({ begins: 'PO-7%' }), sorted(south));
  assert.equal(await ids({ begins: 'PO-7_' }), []);
  assert.equal(await ids({ begins: `A-${open.actor.slice(0, 8)}` }), sorted(open));
});

test('a cursor that is none of ours is refused', async (views) => {
  const id = randomUUID();
  for (const text of ['', 'x', `now ${id}`, `2026-13-40T25:00:00.000Z ${id}`, '2026-11-20T12:00:00.000Z 1']) {
    const cursor = Buffer.from(text).toString('base64url');
    assert.is(await list(views, {}, cursor, 3).then(() => 'ok', codeOf), 'invalid', text);
  }
});

test('made anew from the log, the orders are what they were, whatever was wrong with them', async (views) => {
  const rows = [created(), created({ site: 'south' }), created({ lane: null })];
  await views.append(...rows, changed(rows[0]!, { lane: 'made' }));
  await views.settle();
  const before = await table(views);
  await views.see(`update orders set lane = 'in_work', card = '{}' where id = $1`, [rows[0]!.actor]);
  await views.see('update orders set version = 99 where id = $1', [rows[1]!.actor]);
  await views.see('delete from orders where id = $1', [rows[2]!.actor]);
  await views.see(
    `insert into orders select $1, number, reference, site, status, lane, tenant, owner, version, waiting_for,
    due, priority, recent, urgent, card, created_at, updated_at, model from orders limit 1`,
    [randomUUID()],
  );
  const reader = new LogReader(views.pool);
  const newest = async (kind: string, actor: string) => (await reader.rows(kind, actor)).at(-1);
  const quarantine = async () => undefined;
  const done = await rebuildOrders({ pool: views.pool, kind: 'order', orderRow, quarantine, newest });
  assert.equal(done, { orders: 3, different: 2, removed: 2 });
  assert.equal(await table(views), before);
});
