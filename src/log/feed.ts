/**
 * The rows of all actors in the order (era, xid, seq), each once.
 *
 * F1 Only rows below the oldest running transaction are given: nothing can come in before them any more.
 * F2 A transaction that stays open anywhere in the cluster therefore stalls the feed; it never makes it skip a row.
 * F3 Rows of one actor come in the order of their versions: a version is decided on one that is committed.
 */
import { type FeedCursor, type FeedRow, logRow, type StoredRow } from './rows.ts';
import { type Queryable, statement } from './statement.ts';

/** Before the first row of the log. */
export const BEGINNING: FeedCursor = { era: 0, xid: '0', seq: '0' };

export interface FeedPage {
  readonly rows: readonly FeedRow[];
  /** Of the last row; the one given where there is none. */
  readonly cursor: FeedCursor;
}

const feed = statement<StoredRow & FeedCursor>(import.meta.url, 'sql/feed');

const cursorOf = ({ era, xid, seq }: FeedCursor): FeedCursor => ({ era, xid, seq });
const feedRow = (row: StoredRow & FeedCursor): FeedRow => ({ ...logRow(row), ...cursorOf(row) });

/** At most `limit` rows after the cursor. The session needs `READ_SETTINGS`. */
export async function readFeed(on: Queryable, cursor: FeedCursor, limit: number): Promise<FeedPage> {
  const stored = await feed.run(on, [cursor.era, cursor.xid, cursor.seq, limit]);
  const last = stored.at(-1);
  return { rows: stored.map(feedRow), cursor: last === undefined ? cursor : cursorOf(last) };
}

/** A row's place in the log, without what it says. */
export type FeedMark = Pick<FeedRow, 'kind' | 'actor' | 'version'>;

export interface TenantPage extends FeedPage {
  /** Rows that were read, those of others too. */
  readonly read: number;
}

const tenants = statement<StoredRow & FeedCursor & { readonly wanted: boolean }>(import.meta.url, 'sql/feed-tenants');

/** As `readFeed`, for who wants only the rows of one kind that belong to other tenants than `except`. */
export async function readTenants(
  on: Queryable,
  cursor: FeedCursor,
  limit: number,
  { kind, except }: { readonly kind: string; readonly except: string },
): Promise<TenantPage> {
  const stored = await tenants.run(on, [cursor.era, cursor.xid, cursor.seq, limit, kind, except]);
  const last = stored.at(-1);
  return {
    rows: stored.filter(({ wanted }) => wanted).map(feedRow),
    cursor: last === undefined ? cursor : cursorOf(last),
    read: stored.length,
  };
}

/** Who holds the feed back: a session (`pid`) or a prepared transaction (`prepared`). Null where it can't be told. */
export interface Stall {
  /** When the first row that waits was decided. */
  readonly waitingSince: Date;
  readonly pid: number | null;
  readonly application: string | null;
  readonly database: string | null;
  readonly login: string | null;
  /** Age of its transaction; null where our login may not see it. */
  readonly seconds: number | null;
  readonly prepared: string | null;
}

interface StallLine {
  readonly waiting_since: Date;
  readonly pid: number | null;
  readonly application_name: string | null;
  readonly datname: string | null;
  readonly usename: string | null;
  readonly seconds: number | null;
  readonly prepared: string | null;
}

const stall = statement<StallLine>(import.meta.url, 'sql/stall');

/** Undefined when no committed row waits behind the cursor. */
export async function findStall(on: Queryable, cursor: FeedCursor): Promise<Stall | undefined> {
  const [line] = await stall.run(on, [cursor.era, cursor.xid, cursor.seq]);
  if (line === undefined) return undefined;
  return {
    waitingSince: line.waiting_since,
    pid: line.pid,
    application: line.application_name,
    database: line.datname,
    login: line.usename,
    seconds: line.seconds,
    prepared: line.prepared,
  };
}
