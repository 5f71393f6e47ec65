/**
 * The feed that keeps the events partners read.
 *
 * E1 Every row of the log that belongs to a partner's order is told once, in the order of the feed: so of one order by
 *    version, and nobody who reads on from a place ever finds one before it.
 * E2 The cursor stands beside the events and moves with them, in one statement.
 * E3 A row that can't be told puts its actor into quarantine; the feed goes on.
 */
import type { FeedRow } from '../log/rows.ts';
import type { Queryable } from '../log/statement.ts';
import type { LogRow } from '../runtime/actor.ts';
import { readCursor } from './cursors.ts';
import { type EventLine, writeEvents } from './event-store.ts';
import { type FeedSource, FeedTail } from './feed-tail.ts';
import { follow } from './follow.ts';

/** Name of the cursor. */
export const EVENTS_FEED = 'partner-events';
/** Rows of the log read at once. */
const BATCH = 500;

export interface EventFeedOptions {
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
  readonly source?: FeedSource;
  /** Kind of the actors whose events are told, and the tenant that reads no feed. */
  readonly kind: string;
  readonly house: string;
  /** Whose row it is and what it tells. Throws for a row that can't be told. */
  events(row: LogRow): { readonly tenant: string; readonly events: readonly unknown[] };
  quarantine(kind: string, actor: string, why: string): Promise<unknown>;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
  /** Between two looks when nothing is left, milliseconds. */
  readonly pauseMs?: number;
}

export class EventFeed {
  readonly #options: EventFeedOptions;
  readonly #source: FeedSource;

  constructor(options: EventFeedOptions) {
    this.#options = options;
    this.#source = options.source ?? new FeedTail(options.pool);
  }

  /** Until the signal. One owner at a time is enough; two do no harm. */
  run(signal: AbortSignal): Promise<void> {
    return follow(signal, () => this.step(), {
      pauseMs: this.#options.pauseMs ?? 200,
      report: (error) => this.#options.report('the feed of the partners stumbled', { error }),
    });
  }

  /** One batch; true = there is more. */
  async step(): Promise<boolean> {
    const { pool, kind, house } = this.#options;
    const cursor = await readCursor(pool, EVENTS_FEED);
    const page = await this.#source.read(cursor, BATCH);
    if (page.rows.length === 0) return false;
    const told = page.rows.filter((row) => row.kind === kind && (tenantOf(row) ?? house) !== house);
    const lines = await Promise.all(told.map((row) => eventLines(this.#options, row)));
    await writeEvents(pool, lines.flat(), EVENTS_FEED, cursor, page.cursor);
    return page.rows.length === BATCH;
  }
}

const tenantOf = ({ after }: FeedRow): string | undefined => (after as { readonly tenant?: string } | null)?.tenant;

/** What a row tells, at its places. One that can't be told puts its actor into quarantine. */
export async function eventLines(
  { events: eventsOf, quarantine }: Pick<EventFeedOptions, 'events' | 'quarantine'>,
  row: FeedRow,
): Promise<readonly EventLine[]> {
  const { era, xid, seq } = row;
  try {
    const { tenant, events } = eventsOf(row);
    return events.map((event, n) => ({ tenant, era, xid, seq, n, event }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await quarantine(row.kind, row.actor, `version ${row.version} can't be told: ${why}`);
    return [];
  }
}
