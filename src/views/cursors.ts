/** Places in the feed, by name: of views in this database, and of what is told from it. */
import type { FeedCursor } from '../log/rows.ts';
import { type Queryable, statement } from '../log/statement.ts';

const read = statement<FeedCursor>(import.meta.url, 'sql/cursor-read');
const move = statement<{ readonly moved: number }>(import.meta.url, 'sql/cursor-move');
/** Named after its first use; it takes any cursor. */
const lag = statement<{ readonly seconds: number }>(import.meta.url, 'sql/orders-lag');

export async function readCursor(on: Queryable, name: string): Promise<FeedCursor> {
  const [cursor] = await read.run(on, [name]);
  return cursor ?? readCursor(on, name); // made by another at this very moment: now it can be seen
}

/** For feeds whose view stands elsewhere. Resolves to false if somebody else has moved it. */
export async function moveCursor(on: Queryable, name: string, from: FeedCursor, to: FeedCursor): Promise<boolean> {
  const moved = await move.run(on, [name, from.era, from.xid, from.seq, to.era, to.xid, to.seq]);
  return moved.length > 0;
}

/** Whole seconds that the oldest row not yet read is old; 0 = none. */
export async function feedLag(on: Queryable, name: string): Promise<number> {
  const [line] = await lag.run(on, [name]);
  return line?.seconds ?? 0;
}
