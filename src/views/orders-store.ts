/**
 * Writing the view `orders`: newer versions only, so twice, late and out of order change nothing; the cursor moves in the
 * same transaction, from where it was read, so of two owners one writes.
 */
import type { FeedCursor } from '../log/rows.ts';
import { type Queryable, statement } from '../log/statement.ts';
import type { OrderRow } from './order-row.ts';

const write = statement<{ readonly moved: boolean }>(import.meta.url, 'sql/orders-write');
const again = statement<{ readonly written: number }>(import.meta.url, 'sql/orders-again');

/** Rows: at most one per order. Resolves to false if somebody else moved the cursor: nothing was written. */
export async function writeOrders(
  on: Queryable,
  rows: readonly OrderRow[],
  name: string,
  from: FeedCursor,
  to: FeedCursor,
): Promise<boolean> {
  const cursors = [from.era, from.xid, from.seq, to.era, to.xid, to.seq];
  const [line] = await write.run(on, [JSON.stringify(rows), name, ...cursors]);
  return line?.moved === true;
}

/** By a rebuild: what differs at an equal version is written too. Returns how many rows were not as they should be. */
export async function writeOrdersAgain(on: Queryable, rows: readonly OrderRow[]): Promise<number> {
  const [line] = await again.run(on, [JSON.stringify(rows)]);
  return line?.written ?? 0;
}
