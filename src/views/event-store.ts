/** The events that partners are told: written with the cursor of their feed, read by place. */
import { orUnavailable } from '../log/or-unavailable.ts';
import type { FeedCursor } from '../log/rows.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { type EventPlace, placeText } from './event-place.ts';

/** One event at its place; what it says is any JSON. */
export interface EventLine extends EventPlace {
  readonly tenant: string;
  readonly event: unknown;
}

interface StoredEvent extends EventPlace {
  /** JSON, as it was written. */
  readonly event: string;
}

const write = statement<{ readonly moved: boolean }>(import.meta.url, 'sql/events-write');
const again = statement<{ readonly written: number }>(import.meta.url, 'sql/events-again');
const read = statement<StoredEvent>(import.meta.url, 'sql/events-read');
const newer = statement<{ readonly i: number }>(import.meta.url, 'sql/events-newer');

/** Resolves to false if somebody else moved the cursor: nothing was written. */
export async function writeEvents(
  on: Queryable,
  lines: readonly EventLine[],
  name: string,
  from: FeedCursor,
  to: FeedCursor,
): Promise<boolean> {
  const cursors = [from.era, from.xid, from.seq, to.era, to.xid, to.seq];
  const [line] = await write.run(on, [JSON.stringify(lines), name, ...cursors]);
  return line?.moved === true;
}

/** By a rebuild. Returns how many were missing or different. */
export async function writeEventsAgain(on: Queryable, lines: readonly EventLine[]): Promise<number> {
  const [line] = await again.run(on, [JSON.stringify(lines)]);
  return line?.written ?? 0;
}

export interface EventPage {
  /** JSON texts. */
  readonly items: readonly string[];
  /** After the last item; the place given where there is none. */
  readonly next: string;
}

/** With a pool of `READ_SETTINGS`. Throws `unavailable`. */
export async function readEvents(on: Queryable, tenant: string, after: EventPlace, limit: number): Promise<EventPage> {
  const { era, xid, seq, n } = after;
  const stored = await orUnavailable(read.run(on, [tenant, era, xid, seq, n, limit]));
  return { items: stored.map(({ event }) => event), next: placeText(stored.at(-1) ?? after) };
}

export interface Waiting {
  readonly tenant: string;
  readonly after: EventPlace;
}

/** Which of those who wait have something to read: their indexes. One statement for all of them. */
export async function whoHasNews(on: Queryable, waiting: readonly Waiting[]): Promise<readonly number[]> {
  const places = waiting.map(({ after }) => after);
  const rows = await newer.run(on, [
    waiting.map(({ tenant }) => tenant),
    places.map(({ era }) => era),
    places.map(({ xid }) => xid),
    places.map(({ seq }) => seq),
    places.map(({ n }) => n),
  ]);
  return rows.map(({ i }) => i - 1);
}
