/**
 * Makes the view `orders` anew from the whole log while it is served and its feed goes on: rows that the log does not
 * know go, then every order is looked at and written as its newest row says, where it differs. The feed's cursor is left
 * alone: whatever comes meanwhile is the feed's, and of both the newer version wins.
 */
import { logRow, type StoredRow } from '../log/rows.ts';
import { type Queryable, statement } from '../log/statement.ts';
import type { LogRow } from '../runtime/actor.ts';
import { writeOrdersAgain } from './orders-store.ts';
import { type Folding, foldRows, ORDERS_FEED } from './table.ts';

export interface RebuildTableOptions extends Folding {
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
  /** Kind of the actors that have a row. */
  readonly kind: string;
  newest(kind: string, actor: string): Promise<LogRow | undefined>;
}

const BATCH = 500;
const NO_ID = '00000000-0000-0000-0000-000000000000';

const unknown = statement<{ readonly id: string; readonly unknown: boolean }>(import.meta.url, 'sql/orders-unknown');
const forget = statement<object>(import.meta.url, 'sql/orders-forget');
const newestOf = statement<StoredRow & { readonly passed: boolean | null }>(import.meta.url, 'sql/orders-newest');

export interface RebuiltOrders {
  readonly orders: number;
  /** Orders that were not as the log says. */
  readonly different: number;
  /** Rows that the log did not know. */
  readonly removed: number;
}

/** `progress` is told how many orders were looked at. */
export async function rebuildOrders(
  options: RebuildTableOptions,
  progress: (orders: number) => void = () => undefined,
): Promise<RebuiltOrders> {
  const removed = await removeUnknown(options);
  let [orders, different] = [0, 0];
  for (let after = NO_ID; ; ) {
    const lines = await newestOf.run(options.pool, [options.kind, after, BATCH, ORDERS_FEED]);
    const last = lines.at(-1);
    if (last === undefined) return { orders, different, removed };
    // The others are the feed's: it comes to them by itself.
    const rows = lines.filter(({ passed }) => passed === true).map(logRow);
    different += await writeOrdersAgain(options.pool, await foldRows(options, rows));
    orders += lines.length;
    progress(orders);
    after = last.actor_id;
  }
}

/** A row ahead of the log would win against it for ever. */
async function removeUnknown({ pool, kind, newest, ...folding }: RebuildTableOptions): Promise<number> {
  let removed = 0;
  for (let after = NO_ID; ; ) {
    const page = await unknown.run(pool, [kind, after, BATCH]);
    const last = page.at(-1);
    if (last === undefined) return removed;
    const ids = page.filter((row) => row.unknown).map(({ id }) => id);
    if (ids.length > 0) {
      await forget.run(pool, [ids]);
      const rows = (await Promise.all(ids.map((id) => newest(kind, id)))).filter((row) => row !== undefined);
      await writeOrdersAgain(pool, await foldRows(folding, rows));
    }
    removed += ids.length;
    after = last.id;
  }
}
