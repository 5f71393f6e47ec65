/**
 * Makes the events that partners read anew from the whole log while they are read and their feed goes on: what is
 * missing or different is written at its place, then what has no row in the log goes. The feed's cursor is left alone:
 * whatever stands behind it is the feed's.
 *
 * Whoever has read beyond the place of an event that was missing does not find it any more.
 */
import { BEGINNING, readTenants } from '../log/feed.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { readCursor } from './cursors.ts';
import { EVENTS_FEED, type EventFeedOptions, eventLines } from './event-feed.ts';
import type { EventPlace } from './event-place.ts';
import { writeEventsAgain } from './event-store.ts';
import { compareCursors } from './feed-cursor.ts';

export interface RebuiltEvents {
  /** Rows of the log that were read. */
  readonly rows: number;
  /** Events that were missing or not as the log says. */
  readonly different: number;
  /** Events that the log did not know. */
  readonly removed: number;
}

const BATCH = 500;

type Stray = EventPlace & { readonly tenant: string | null; readonly gone: number };

const stray = statement<Stray>(import.meta.url, 'sql/events-stray');

/** `progress` is told how many rows of the log were read. */
export async function rebuildEvents(
  options: Omit<EventFeedOptions, 'pauseMs'>,
  progress: (rows: number) => void = () => undefined,
): Promise<RebuiltEvents> {
  const { pool, kind, house } = options;
  const end = await readCursor(pool, EVENTS_FEED);
  let [rows, different] = [0, 0];
  for (let cursor = BEGINNING; compareCursors(cursor, end) < 0; ) {
    const page = await readTenants(pool, cursor, BATCH, { kind, except: house });
    if (page.read === 0) break; // its last row is gone with another log
    const passed = page.rows.filter((row) => compareCursors(row, end) <= 0);
    const lines = await Promise.all(passed.map((row) => eventLines(options, row)));
    different += await writeEventsAgain(pool, lines.flat());
    rows += page.read;
    progress(rows);
    cursor = page.cursor;
  }
  return { rows, different, removed: await removeStrays(pool, kind) };
}

async function removeStrays(pool: Queryable, kind: string): Promise<number> {
  let removed = 0;
  for (let after = { tenant: '', era: 0, xid: '0', seq: '0', n: 0 }; ; ) {
    const values = [after.tenant, after.era, after.xid, after.seq, after.n, BATCH, kind];
    const [found] = await stray.run(pool, values);
    if (found === undefined || found.tenant === null) return removed;
    removed += found.gone;
    after = { ...found, tenant: found.tenant };
  }
}
