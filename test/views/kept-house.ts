/**
 * Every view of the real business over a database and a Redis of one's own, with random stories of orders to be appended;
 * and what each view must be, folded from the log by the plainest means.
 */
import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { card } from '../../actors/order/card.ts';
import { told } from '../../actors/order/change.ts';
import { stays } from '../../actors/order/flow.ts';
import { LANES, laneOf } from '../../actors/order/lifecycle.ts';
import type { OrderLogRow } from '../../actors/order/project.ts';
import { orderRow } from '../../actors/order/row.ts';
import { renderEvents } from '../../gateways/contract/partner-event.ts';
import { type Found, type RebuildRequest, rebuildViews } from '../../gateways/work/rebuild.ts';
import { openViews, type Views } from '../../gateways/work/views.ts';
import { type Core, openCore } from '../../src/core.ts';
import { Batcher } from '../../src/log/batch.ts';
import { openPool } from '../../src/log/connect.ts';
import { eventId } from '../../src/log/event-id.ts';
import { READ_SETTINGS } from '../../src/log/read.ts';
import { DEFINITIONS } from '../../src/main/definitions.ts';
import type { LogRow } from '../../src/runtime/actor.ts';
import { Counters } from '../../src/telemetry/counters.ts';
import { makeLog } from '../../src/telemetry/log.ts';
import { digestOf } from '../../src/views/board-types.ts';
import { ColdBoard } from '../../src/views/cold.ts';
import { EventFeed } from '../../src/views/event-feed.ts';
import { bucketOf } from '../../src/views/flow-buckets.ts';
import { FlowFeed } from '../../src/views/flow-feed.ts';
import { Reconciler } from '../../src/views/reconcile.ts';
import { TableFeed } from '../../src/views/table.ts';
import type { Fixture } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { ACTOR } from '../actors/given.ts';
import { play, type Step } from '../actors/stories.ts';
import { withSettings } from '../gateways/open-rest.ts';

/** Red with the few lines that differ, not with whole views. */
export function same(actual: Pictures, expected: Pictures, what = ''): void {
  for (const view of ['orders', 'boards', 'events', 'flow'] as const) {
    const [have, want] = [actual[view], expected[view]].map((picture) =>
      (picture as unknown[]).map((line) => JSON.stringify(line)),
    );
    const differ = {
      view,
      missing: want?.filter((line) => !have?.includes(line)),
      extra: have?.filter((line) => !want?.includes(line)),
    };
    assert.equal(differ, { view, missing: [], extra: [] }, `${what} ${JSON.stringify(differ).slice(0, 2_000)}`);
    assert.is(have?.length, want?.length, `${what} ${view}`);
  }
}

export const SITES = ['north', 'south'];

/** The views as somebody who reads them finds them. */
export interface Pictures {
  readonly orders: unknown;
  readonly boards: unknown;
  readonly events: unknown;
  readonly flow: unknown;
}

export interface KeptHouse {
  readonly core: Core;
  readonly views: Views;
  readonly pool: Views['flow']['pool'];
  /** The duties of one keeper of several. */
  readonly table: TableFeed;
  readonly events: EventFeed;
  readonly flow: FlowFeed;
  readonly boards: Reconciler;
  see(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  append(rows: readonly OrderLogRow[]): Promise<void>;
  /** Until every feed has read everything. */
  settle(): Promise<void>;
  kept(): Promise<Pictures>;
  /** What the log says. */
  folded(): Promise<Pictures>;
  rebuild(view: RebuildRequest['view'], told?: (line: string) => void): Promise<Found>;
}

/** The rows of a story, of an order and for a tenant of its own. */
export function rowsOf(story: readonly Step[], tenant: string): OrderLogRow[] {
  const id = randomUUID();
  const text = JSON.stringify(play(story).rows)
    .replaceAll(ACTOR, id)
    .replaceAll('"tenant":"house"', `"tenant":"${tenant}"`);
  return JSON.parse(text) as OrderLogRow[];
}

export const withKeptHouse: Fixture<KeptHouse> = (lend, title) =>
  withSettings()(async (config) => {
    const core = await openCore(config, 'test', makeLog('test', 'silent'), new Counters());
    const pool = openPool({ ...core.access, max: 6, settings: READ_SETTINGS });
    const sight = openPool({ url: config.databaseAdminUrl, name: 'test sight', max: 2 });
    const batcher = new Batcher({ url: config.databaseUrl, queueLimit: 1_000, report: () => undefined });
    try {
      await batcher.start();
      const report = () => undefined;
      const views = openViews(core, DEFINITIONS, pool, report);
      const table = new TableFeed({ ...views.table, report });
      const events = new EventFeed(views.events);
      const flow = new FlowFeed(views.flow);
      const boards = new Reconciler({ ...views.boards, cold: new ColdBoard(pool, LANES), boards: SITES, report });
      const see: KeptHouse['see'] = async (sql, values = []) => (await sight.query(sql, values)).rows;
      await lend({
        core,
        views,
        pool,
        table,
        events,
        flow,
        boards,
        see,
        async append(rows) {
          const heads = new Map<string, string>();
          for (const row of rows) {
            const base = heads.get(row.actor) ?? (await baseOf(see, row));
            const rest = { hash: 'h', takes: [], frees: [], jobs: [], done: [] };
            const { result } = await batcher.append({ ...row, base, ...rest });
            if (result !== 'won') throw new Error(`the row was not appended: ${result}`);
            heads.set(row.actor, row.commandId);
          }
        },
        async settle() {
          await until('every row may be read', async () => {
            const [line] = await see(
              'select exists (select from actor_log where xid >= pg_snapshot_xmin(pg_current_snapshot())) as waits',
            );
            return !line?.['waits'];
          });
          for (const feed of [table, events, flow, boards]) while (await feed.step());
        },
        kept: () => kept(see, views),
        folded: async () => folded((await allRows(see)) as OrderLogRow[]),
        rebuild: (view, told = () => undefined) =>
          rebuildViews(core, { view }, { definitions: DEFINITIONS, sites: SITES, told, lateMs: 20 }),
      });
    } finally {
      await batcher.close();
      await Promise.all([pool.end(), sight.end()]);
      await core.close();
    }
  }, title);

async function baseOf(see: KeptHouse['see'], { actor, version }: LogRow): Promise<string | null> {
  if (version === 1) return null;
  const sql = 'select command_id as id from actor_log where actor_id = $1 and version = $2';
  const [line] = await see(sql, [actor, version - 1]);
  return (line?.['id'] as string | undefined) ?? null;
}

async function allRows(see: KeptHouse['see']): Promise<LogRow[]> {
  const lines = await see(
    `select kind, actor_id as actor, version, command_id as "commandId", issuer, at, events, after,
       state_version as "stateVersion", was, trace, era, xid::text, seq::text
     from actor_log l where kind = 'order' order by l.era, l.xid, l.seq`,
  );
  return lines.map((line) => ({ ...line, at: (line['at'] as Date).toISOString() }) as unknown as LogRow);
}

const byText = (lines: readonly unknown[]): string[] => lines.map((line) => JSON.stringify(line)).toSorted();

async function kept(see: KeptHouse['see'], views: Views): Promise<Pictures> {
  const orders = await see(
    'select id, version, status, site, lane, waiting_for, tenant, owner, model, card from orders',
  );
  const events = await see('select tenant, era, xid::text, seq::text, n, event from partner_events');
  const flow = await see(
    `select site, day::text, step, bucket, stays::int, ms::float8 from flow
     where generation = (select generation from flow_kept)`,
  );
  const boards = await Promise.all(
    SITES.map(async (site) => {
      const digest = await views.boards.store.digest(site);
      const snapshot = await views.boards.store.snapshot(site, 1_000);
      return [
        digest?.complete,
        digest?.digest,
        byText(Object.values(snapshot?.lanes ?? {}).flatMap(({ items }) => items.map(sorted))),
      ];
    }),
  );
  return {
    orders: byText(orders.map(sorted)),
    boards,
    events: byText(events.map(sorted)),
    flow: byText(flow.map(sorted)),
  };
}

/** jsonb keeps no order of fields. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, sorted(field)]),
  );
}

function folded(rows: readonly OrderLogRow[]): Pictures {
  const newest = [...new Map(rows.map((row) => [row.actor, row])).values()];
  const orders = newest.map((row) => {
    const { id, version, status, site, lane, waiting_for, tenant, owner, model, card } = orderRow(row);
    return { id, version, status, site, lane, waiting_for, tenant, owner, model, card };
  });
  const boards = SITES.map((site) => {
    const here = newest.filter(({ after }) => after.site === site && laneOf(after) !== null);
    const places = here.map(({ actor, version, after }) => ({ order: actor, version, lane: laneOf(after) ?? '' }));
    return [true, digestOf(LANES, places).digest, byText(here.map((row) => sorted(card(row.after, row.version))))];
  });
  const events = rows
    .filter(({ after }) => after.tenant !== 'house')
    .flatMap((row) => {
      const { era, xid, seq } = row as unknown as { era: number; xid: string; seq: string };
      return renderEvents(told(row), (n) => eventId(row, n)).map((event, n) => ({
        tenant: row.after.tenant,
        era,
        xid,
        seq,
        n,
        event,
      }));
    });
  const flow = new Map<string, Record<string, unknown> & { stays: number; ms: number }>();
  for (const row of rows)
    for (const { site, step, ms } of stays(row)) {
      const [day, bucket] = [row.at.slice(0, 10), bucketOf(ms)];
      const key = `${site} ${day} ${step} ${bucket}`;
      const line = flow.get(key) ?? { site, day, step, bucket, stays: 0, ms: 0 };
      flow.set(key, { ...line, stays: line.stays + 1, ms: line.ms + ms });
    }
  return {
    orders: byText(orders.map(sorted)),
    boards,
    events: byText(events.map(sorted)),
    flow: byText([...flow.values()].map(sorted)),
  };
}
