/**
 * What pages of lists cost, counted in the pages of the database that they touch, and what they show. By default over some
 * thousand orders; `ANDON_PLAN_ORDERS=1000000 node test/_kit/run.ts test/views/lists.int.test.ts` takes a million, and
 * `ANDON_PLAN_REPORT=<file>` writes down what was measured.
 */
import { writeFile } from 'node:fs/promises';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { LANES, OPEN } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import { codeOf } from '../../src/errors.ts';
import { clientConfig } from '../../src/log/connect.ts';
import { LogReader, READ_SETTINGS } from '../../src/log/read.ts';
import type { Queryable } from '../../src/log/statement.ts';
import { ColdBoard } from '../../src/views/cold.ts';
import { placeText } from '../../src/views/list-place.ts';
import {
  LIST_SETTINGS,
  listOrders,
  MOST_LOOKED_AT,
  type OrderFilter,
  type OrderList,
} from '../../src/views/order-list.ts';
import { lendDatabase } from '../_kit/database.ts';
import { type Filled, fillOrders } from '../_kit/many-orders.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { type Explaining, explaining } from './explaining.ts';

const ORDERS = Number(process.env['ANDON_PLAN_ORDERS'] ?? 5_000);
const LIMIT = 50;
/** Page 10,000 of a million, halfway through of fewer. */
const DEEP = Math.min(ORDERS / 2, 500_000);

interface Lists {
  readonly filled: Filled;
  readonly app: pg.Client;
  readonly owner: pg.Client;
  readonly explained: Explaining;
  /** As the sessions that read boards and the log. */
  readonly reads: Explaining;
}

const withLists: Fixture<Lists> = async (lend) => {
  const database = await lendDatabase();
  const owner = new pg.Client({ connectionString: database.adminUrl });
  const app = new pg.Client(
    clientConfig({ url: database.url, name: 'test lists' }, { ...LIST_SETTINGS, statement_timeout: '60s' }),
  );
  const reader = new pg.Client(clientConfig({ url: database.url, name: 'test reads' }, READ_SETTINGS));
  await Promise.all([owner.connect(), app.connect(), reader.connect()]);
  try {
    const filled = await fillOrders(database.adminUrl, { orders: ORDERS });
    await owner.query('vacuum analyze orders');
    await lend({ filled, app, owner, explained: explaining(app), reads: explaining(reader) });
  } finally {
    await Promise.all([owner.end(), app.end(), reader.end()]);
    await database.close();
  }
};

const test = spec('lists of many orders', withLists, {
  shared: true,
  deadlineMs: process.env['ANDON_PLAN_ORDERS'] === undefined ? 60_000 : 1_800_000,
});

const list = (on: Queryable, filter: OrderFilter, cursor: string | null = null, limit = LIMIT): Promise<OrderList> =>
  listOrders(on, order, filter, cursor, limit);

/** Every filter of the surface, alone and with the others; `tenant`, `owner` and `begins` with what is in the database. */
async function filters({ filled, owner }: Lists): Promise<readonly OrderFilter[]> {
  const { rows } = await owner.query<{ owner: string }>(
    `select owner from orders where tenant = 'house' group by owner order by count(*) desc limit 1`,
  );
  const buyer = { tenant: 'house', owner: rows[0]?.owner ?? '' };
  const statuses = [[], ['CLOSED'], ['PRICE_FAILED'], OPEN].map((some) =>
    some.length === 0 ? {} : { statuses: some },
  );
  const waiting = [{}, { waitingFor: 'crm' }, { waitingFor: 'nobody' }, { waitingFor: 'operators' }];
  const whose = [{}, { tenant: filled.bigPartner }, { tenant: 'house' }, buyer];
  const all = [{}, { site: 'south' }].flatMap((site) =>
    statuses.flatMap((status) =>
      waiting.flatMap((waits) => whose.map((who) => ({ ...site, ...status, ...waits, ...who }))),
    ),
  );
  const names = ['1-0', '1-00777', 'PO-77', 'nothing'].map((begins) => ({ begins }));
  const byName = names.flatMap((begins) =>
    [{}, { site: 'south' }, { statuses: ['PRICE_FAILED'] }, buyer].map((more) => ({ ...begins, ...more })),
  );
  return [...all, ...byName];
}

/** The same as SQL that needs no index. */
function where({ site, tenant, owner, statuses, waitingFor, begins }: OrderFilter): string {
  const is = (column: string, value?: string): string[] =>
    value === undefined ? [] : [`${column} = ${pg.escapeLiteral(value)}`];
  const some = statuses === undefined ? [] : [`status in (${statuses.map(pg.escapeLiteral).join(', ')})`];
  const name =
    begins === undefined ? [] : [`(number ^@ ${pg.escapeLiteral(begins)} or reference ^@ ${pg.escapeLiteral(begins)})`];
  const all = [
    ...is('site', site),
    ...is('tenant', tenant),
    ...is('owner', owner),
    ...is('waiting_for', waitingFor),
    ...some,
    ...name,
  ];
  return all.length === 0 ? 'true' : all.join(' and ');
}

const NAME = (begins: string): string =>
  `case when number ^@ ${pg.escapeLiteral(begins)} then number else reference end`;
const byName = ({ begins, owner }: OrderFilter): boolean => begins !== undefined && owner === undefined;
const sorted = (filter: OrderFilter): string =>
  byName(filter) ? `${NAME(filter.begins ?? '')}, id` : 'updated_at desc, id desc';

test('show exactly what their filters let through, in their order, page by page', async (lists) => {
  for (const filter of await filters(lists)) {
    const { rows } = await lists.owner.query<{ id: string }>(
      `select id from orders where ${where(filter)} order by ${sorted(filter)} limit 120`,
    );
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: OrderList = await list(lists.app, filter, cursor, 40);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null && ids.length < 120);
    assert.equal(
      ids.slice(0, 120),
      rows.map(({ id }) => id),
      JSON.stringify(filter),
    );
  }
});

async function count({ owner }: Lists, filter: OrderFilter): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from orders where ${where(filter)}`);
  return rows[0]?.n ?? 0;
}

/** Of the place in the list after so many. */
async function cursorAfter({ owner }: Lists, filter: OrderFilter, count: number): Promise<string | null> {
  const name = byName(filter) ? NAME(filter.begins ?? '') : 'null';
  const { rows } = await owner.query<{ name: string; updated_at: Date; id: string }>(
    `select ${name} as name, updated_at, id from orders where ${where(filter)} order by ${sorted(filter)} offset ${count} limit 1`,
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { id, updated_at: at } = row;
  return placeText(byName(filter) ? { name: row.name, id } : { at: at.toISOString(), id });
}

test('cost no more deep down than at their beginning, and nothing is read whole or sorted at large', async (lists) => {
  const table: Record<string, unknown> = {};
  const all = await filters(lists);
  // With a million all; else every third: each shape of a list is among them.
  const some = process.env['ANDON_PLAN_ORDERS'] === undefined ? all.filter((_, n) => n % 3 === 0) : all;
  for (const filter of some) {
    const what = JSON.stringify({ ...filter, ...(filter.statuses === OPEN ? { statuses: 'OPEN' } : {}) });
    const matching = await count(lists, filter);
    const first = await lists.explained.cost((on) => list(on, filter));
    const after = await cursorAfter(lists, filter, Math.min(DEEP, Math.max(0, matching - LIMIT - 1)));
    const deep = await lists.explained.cost((on) => list(on, filter, after));
    table[what] = { matching, first: first.buffers, deep: deep.buffers, 'first ms': first.ms, 'deep ms': deep.ms };
    assert.equal([...first.scans, ...deep.scans], [], what);
    assert.ok(
      deep.buffers <= first.buffers * 1.2 + 10,
      `${what}: ${first.buffers} pages at first, ${deep.buffers} deep`,
    );
    // By name: what it looked at and the page; an owner's orders are few; else a page of each place that there is.
    const named = byName(filter) ? Math.min(MOST_LOOKED_AT, await count(lists, { begins: filter.begins ?? '' })) : 0;
    const most = byName(filter) ? named : filter.owner === undefined ? 3_000 : 600 + matching;
    assert.ok(Math.max(first.sorted, deep.sorted) <= most, `${what}: ${first.sorted} rows sorted`);
    assert.ok(first.buffers <= 1.5 * most + 450, `${what}: ${first.buffers} pages`);
  }
  const report = process.env['ANDON_PLAN_REPORT'];
  if (report !== undefined) await writeFile(report, JSON.stringify(table, null, 1));
});

test('a page by name that found little says where to go on, and goes on to the end', async (lists) => {
  const filter = { begins: '1-', statuses: ['PRICE_FAILED'], site: 'south' };
  const all = await count(lists, filter);
  let [found, pages] = [0, 0];
  let cursor: string | null = null;
  do {
    const page: OrderList = await list(lists.app, filter, cursor);
    found += page.items.length;
    cursor = page.next;
    pages++;
  } while (cursor !== null && pages < 20);
  if (cursor === null) assert.is(found, all);
  assert.ok(pages > 1);
});

test('a board read from the view, and the story of an order, cost the same wherever they are', async ({
  reads,
  owner,
}) => {
  for (const sort of ['recent', 'urgent'] as const) {
    const pages: number[] = [];
    let cursor: string | null = null;
    do {
      const page = { board: 'north', lane: 'new', sort, cursor, limit: 10 };
      const cost = await reads.cost(async (on) => {
        ({ next: cursor } = await new ColdBoard(on, LANES).page(page));
      });
      assert.equal(cost.scans, [], sort);
      pages.push(cost.buffers);
    } while (cursor !== null);
    assert.ok(pages.length > 1);
    assert.ok(Math.max(...pages) <= (pages[0] ?? 0) * 1.2 + 10, `${sort}: ${pages.join(', ')}`);
  }
  const { rows } = await owner.query<{ id: string; version: number }>(
    'select id, version from orders order by version desc limit 3',
  );
  for (const { id, version } of rows) {
    const { buffers, scans } = await reads.cost((on) => new LogReader(on).rows('order', id));
    assert.equal(scans, []);
    assert.ok(buffers <= 20 + 2 * version, `${buffers} pages for ${version} rows`);
  }
});

test('by name begins at that name, not at the first, and takes no cursor of other names', async ({
  app,
  explained,
}) => {
  for (const begins of ['nothing', '1-00777', 'PO-777-777']) {
    const { buffers } = await explained.cost((on) => list(on, { begins }));
    assert.ok(buffers < 40, `${begins}: ${buffers} pages`);
  }
  const { next } = await list(app, { begins: '1-0' }, null, 1);
  const other = await list(app, { begins: '1-1' }, next).then(() => 'taken', codeOf);
  assert.is(other, 'invalid');
  assert.is(await list(app, {}, next).then(() => 'taken', codeOf), 'invalid');
});

/** Each upload is a model of its own, and most files are called alike. */
const NAMED = `insert into models (id, tenant, owner, name, bytes, sha256, created_at)
  select distinct on (model) model::uuid, tenant, owner, 'ring.stl', 1, repeat('0', 64), created_at from orders
  order by model, created_at`;
const MODELS_TAKEN = 200;

test('by model find the newest of those that are called alike, wherever and whosever', async ({
  app,
  owner,
  filled,
}) => {
  await owner.query(NAMED);
  await owner.query('analyze models');
  const { rows: oldest } = await owner.query<{ id: string }>(
    `update orders set site = 'west' where id = (select o.id from orders o join
       (select id, created_at from models order by created_at desc limit ${MOST_LOOKED_AT}) m on m.id::text = o.model
       order by m.created_at limit 1) returning id`,
  );
  const { rows: partners } = await owner.query<{ tenant: string }>(
    `select tenant from orders where tenant not in ('house', $1) limit 1`,
    [filled.bigPartner],
  );
  for (const filter of [{}, { tenant: filled.bigPartner }, { tenant: partners[0]?.tenant ?? '' }, { site: 'west' }]) {
    const { tenant = null, site = null } = filter as OrderFilter;
    const { rows } = await owner.query<{ id: string }>(
      `select id from orders o where ($1::text is null or tenant = $1) and ($2::text is null or site = $2) and model in (
         select m.id::text from models m where ($1::text is null or m.tenant = $1)
           and exists (select from orders o where o.model = m.id::text and ($2::text is null or o.site = $2))
         order by m.created_at desc limit ${MODELS_TAKEN})
       order by updated_at desc, id desc limit ${LIMIT}`,
      [tenant, site],
    );
    const { items } = await list(app, { ...filter, model: 'RING' });
    assert.equal(
      items.map(({ id }) => id),
      rows.map(({ id }) => id),
      JSON.stringify(filter),
    );
    assert.ok(items.length > 0, JSON.stringify(filter));
  }
  assert.equal(
    (await list(app, { model: 'ring.stl', site: 'west' })).items.map(({ id }) => id),
    oldest.map(({ id }) => id),
  );
});

test('by model cost the same however many orders are of one model', async ({ owner, explained }) => {
  await owner.query(`update models set name = 'many.stl' where id = (select id from models limit 1)`);
  const costWith = async (orders: number) => {
    await owner.query(
      `update orders set model = (select id::text from models where name = 'many.stl')
       where id in (select id from orders order by updated_at limit $1)`,
      [orders],
    );
    await owner.query('vacuum analyze orders');
    return explained.cost((on) => list(on, { model: 'many' }));
  };
  const few = await costWith(2 * LIMIT);
  const many = await costWith(20 * LIMIT);
  assert.ok(many.buffers <= few.buffers * 1.2 + 20, `${few.buffers} pages of few, ${many.buffers} of many`);
  assert.ok(many.sorted <= LIMIT + 1, `${many.sorted} rows sorted`);
});
