import type pg from 'pg';
import * as assert from 'uvu/assert';
import { STATUSES } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderLogRow } from '../../actors/order/project.ts';
import { orderRow } from '../../actors/order/row.ts';
import { was } from '../../actors/order/was.ts';
import { openPool } from '../../src/log/connect.ts';
import { LogReader, READ_SETTINGS } from '../../src/log/read.ts';
import { readCursor } from '../../src/views/cursors.ts';
import { EVENTS_FEED } from '../../src/views/event-feed.ts';
import { rebuildOrders } from '../../src/views/rebuild-table.ts';
import { ORDERS_FEED, TableFeed } from '../../src/views/table.ts';
import { type LentDatabase, lendDatabase } from './database.ts';
import { type Filled, fillOrders } from './many-orders.ts';
import { type Fixture, spec } from './spec.ts';

const ORDERS = 1_500;

interface Full {
  readonly database: LentDatabase;
  readonly filled: Filled;
  readonly pool: pg.Pool;
  see<R extends pg.QueryResultRow>(sql: string): Promise<R[]>;
}

const withFull: Fixture<Full> = async (lend) => {
  const database = await lendDatabase();
  const pool = openPool({ url: database.url, name: 'test many', max: 4, settings: READ_SETTINGS });
  const sight = openPool({ url: database.adminUrl, name: 'test sight', max: 1 });
  try {
    const filled = await fillOrders(database.adminUrl, { orders: ORDERS, onBoards: 300 });
    const see = async <R extends pg.QueryResultRow>(sql: string): Promise<R[]> => (await sight.query<R>(sql)).rows;
    await lend({ database, filled, pool, see });
  } finally {
    await Promise.all([pool.end(), sight.end()]);
    await database.close();
  }
};

const test = spec('many orders', withFull, { shared: true, deadlineMs: 30_000 });

const folding = {
  orderRow: (row: unknown) => orderRow(row as OrderLogRow),
  quarantine: async (_: string, actor: string, why: string) => {
    throw new Error(`${actor}: ${why}`);
  },
};

test('are chains of versions, each decided on the one before', async ({ see, filled }) => {
  const [line] = await see<{ rows: number; broken: number; actors: number }>(
    `select count(*)::int as rows, count(distinct l.actor_id)::int as actors, count(*) filter (where l.version > 1 and not exists (
       select from actor_log p where p.kind = l.kind and p.actor_id = l.actor_id and p.version = l.version - 1
         and p.command_id = l.base and p.at < l.at))::int as broken from actor_log l`,
  );
  assert.equal(line, { rows: filled.rows, broken: 0, actors: ORDERS });
});

test('are told by the real evolve: each version from the one before and its events', async ({ see, pool }) => {
  const reader = new LogReader(pool);
  const ids = await see<{ id: string }>('select id from orders order by id limit 60');
  for (const { id } of ids) {
    let state: Parameters<typeof order.evolve>[0];
    for (const row of await reader.rows('order', id)) {
      assert.equal(row.was, was(state));
      for (const event of row.events) state = order.evolve(state, event as never, { ...row });
      assert.equal(row.after, JSON.parse(JSON.stringify(state)));
    }
  }
});

test('stand in the view as a rebuild would write them, and behind the cursor of its feed', async ({ pool }) => {
  const reader = new LogReader(pool);
  const newest = async (kind: string, actor: string) => (await reader.rows(kind, actor)).at(-1);
  const rebuilt = await rebuildOrders({ pool, kind: 'order', newest, ...folding });
  assert.equal(rebuilt, { orders: ORDERS, different: 0, removed: 0 });
  const feed = new TableFeed({ pool, ...folding, report: () => undefined });
  assert.is(await feed.step(), false);
  assert.equal(await readCursor(pool, ORDERS_FEED), await readCursor(pool, EVENTS_FEED));
});

test('hold the names that their states say, are of every status, and so many stand on boards', async ({
  see,
  filled,
}) => {
  const [line] = await see<Record<string, number>>(`select
    (select count(*) from orders where lane is not null)::int as boards,
    (select count(*) from orders where tenant = '${filled.bigPartner}')::int as big,
    (select count(*) from claims where name like 'ref:%')::int as refs,
    (select count(*) from orders where reference is not null)::int as referenced,
    (select count(*) from claims c join orders o on o.id = c.actor_id and c.name like 'slot:%'
      and c.name = 'slot:' || (o.card -> 'capture' ->> 'operator') || ':1')::int as slots,
    (select count(*) from orders where jsonb_typeof(card -> 'capture') = 'object')::int as captured`);
  const { boards = 0, big = 0, ...names } = line ?? {};
  assert.is(boards, 300);
  assert.ok(big > ORDERS / 8 && big < ORDERS / 3, String(big));
  assert.is(names['refs'], names['referenced']);
  assert.is(names['slots'], names['captured']);
  const statuses = await see<{ status: string }>('select distinct status from orders');
  assert.equal(statuses.map(({ status }) => status).toSorted(), STATUSES.toSorted());
});

test('new numbers come after theirs', async ({ see }) => {
  const [line] = await see<{ n: string }>(`select nextval('order_number')::text as n`);
  assert.is(line?.n, String(ORDERS + 1));
});
