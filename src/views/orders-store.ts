/**
 * Writing the view `orders`: newer versions only, so twice, late and out of order change nothing; the cursor moves in the
 * same transaction, from where it was read, so of two owners one writes.
 */
import type { FeedCursor } from '../log/rows.ts';
import { type Queryable, statement } from '../log/statement.ts';
import type { OrderRow } from './order-row.ts';

interface Written {
  readonly moved: boolean;
  readonly written: number;
}

const write = statement<Written>(import.meta.url, 'sql/orders-write');

/** Rows: at most one per order. Resolves to false if somebody else moved the cursor: nothing was written. */
export async function writeOrders(
  on: Queryable,
  rows: readonly OrderRow[],
  name: string,
  from: FeedCursor,
  to: FeedCursor,
): Promise<boolean> {
  const cursors = [from.era, from.xid, from.seq, to.era, to.xid, to.seq];
  const [line] = await write.run(on, [JSON.stringify(rows), name, ...cursors, false]);
  return line?.moved === true;
}

/** By a rebuild: equal versions are written again. Returns how many rows changed. */
export async function writeOrdersAgain(on: Queryable, rows: readonly OrderRow[]): Promise<number> {
  const [line] = await write.run(on, [JSON.stringify(rows), '', 0, '0', '0', 0, '0', '0', true]);
  return line?.written ?? 0;
}
