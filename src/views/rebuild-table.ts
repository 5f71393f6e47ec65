/**
 * Makes the view `orders` anew from the whole log while it is served and its feed goes on: rows that the log does not
 * know go, then every order is written as its newest row says, equal versions too. The feed's cursor is left alone.
 */
import { BEGINNING, readFeed } from '../log/feed.ts';
import { type Queryable, statement } from '../log/statement.ts';
import type { LogRow } from '../runtime/actor.ts';
import { writeOrdersAgain } from './orders-store.ts';
import { type Folding, foldRows } from './table.ts';

export interface RebuildTableOptions extends Folding {
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
  /** Kind of the actors that have a row. */
  readonly kind: string;
  newest(kind: string, actor: string): Promise<LogRow | undefined>;
}

const BATCH = 500;
const NO_ID = '00000000-0000-0000-0000-000000000000';

const unknown = statement<{ id: string }>(import.meta.url, 'sql/orders-unknown');
const forget = statement<object>(import.meta.url, 'sql/orders-forget');

export async function rebuildOrders(options: RebuildTableOptions): Promise<{ rows: number; removed: number }> {
  const removed = await removeUnknown(options);
  let rows = 0;
  for (let cursor = BEGINNING; ; ) {
    const page = await readFeed(options.pool, cursor, BATCH);
    const folded = await foldRows(options, page.rows);
    if (folded.length > 0) await writeOrdersAgain(options.pool, folded);
    rows += page.rows.length;
    cursor = page.cursor;
    if (page.rows.length < BATCH) return { rows, removed };
  }
}

/** A row ahead of the log would win against it for ever. */
async function removeUnknown({ pool, kind, newest, ...folding }: RebuildTableOptions): Promise<number> {
  let removed = 0;
  for (let after = NO_ID; ; ) {
    const ids = (await unknown.run(pool, [kind, after, BATCH])).map(({ id }) => id);
    const last = ids.at(-1);
    if (last === undefined) return removed;
    await forget.run(pool, [ids]);
    const rows = (await Promise.all(ids.map((id) => newest(kind, id)))).filter((row) => row !== undefined);
    await writeOrdersAgain(pool, await foldRows(folding, rows));
    removed += ids.length;
    after = last;
  }
}
