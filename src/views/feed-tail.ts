/**
 * The newest rows of the log, read once for all feeds of a process.
 *
 * T1 It gives what `readFeed` would: the rows after a place, in order, as many as there are now, up to the limit. What
 *    was read once stands for ever and nothing can come in before it, so a place within what is kept is answered from
 *    there, and only what follows is read.
 * T2 A feed that is behind what is kept reads for itself; one that is ahead of it moves it: what most feeds need is kept.
 *
 * Rows are shared: who reads them changes nothing in them.
 */
import { type FeedPage, readFeed } from '../log/feed.ts';
import type { FeedCursor, FeedRow } from '../log/rows.ts';
import type { Queryable } from '../log/statement.ts';
import { compareCursors } from './feed-cursor.ts';

/** Where feeds read. */
export interface FeedSource {
  /** At most `limit` rows after the cursor. */
  read(cursor: FeedCursor, limit: number): Promise<FeedPage>;
}

/** Some 20 MB. */
const KEEP = 4_000;

export class FeedTail implements FeedSource {
  readonly #pool: Queryable;
  readonly #keep: number;
  /** What is kept begins after this place. */
  #from: FeedCursor | undefined;
  #rows: FeedRow[] = [];
  #last: Promise<unknown> = Promise.resolve();

  /** `pool`: with `READ_SETTINGS`. */
  constructor(pool: Queryable, keep = KEEP) {
    this.#pool = pool;
    this.#keep = keep;
  }

  /** One at a time: who comes while another reads finds what that one read. */
  read(cursor: FeedCursor, limit: number): Promise<FeedPage> {
    const reading = this.#last.then(() => this.#read(cursor, limit));
    this.#last = reading.catch(() => undefined);
    return reading;
  }

  async #read(cursor: FeedCursor, limit: number): Promise<FeedPage> {
    if (this.#from !== undefined && compareCursors(cursor, this.#from) < 0) return readFeed(this.#pool, cursor, limit);
    if (this.#from === undefined || compareCursors(cursor, this.#end(this.#from)) > 0) {
      this.#from = cursor;
      this.#rows = [];
    }
    const first = this.#firstAfter(cursor);
    const missing = limit - (this.#rows.length - first);
    if (missing > 0) this.#rows.push(...(await readFeed(this.#pool, this.#end(this.#from), missing)).rows);
    const rows = this.#rows.slice(first, first + limit);
    this.#forget();
    return { rows, cursor: placeOf(rows.at(-1) ?? cursor) };
  }

  #end(from: FeedCursor): FeedCursor {
    return this.#rows.at(-1) ?? from;
  }

  #firstAfter(cursor: FeedCursor): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.#rows[middle];
      if (row !== undefined && compareCursors(row, cursor) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #forget(): void {
    const old = this.#rows.length - this.#keep;
    if (old <= 0) return;
    const last = this.#rows[old - 1];
    if (last !== undefined) this.#from = placeOf(last);
    this.#rows = this.#rows.slice(old);
  }
}

const placeOf = ({ era, xid, seq }: FeedCursor): FeedCursor => ({ era, xid, seq });
