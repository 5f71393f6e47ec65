/**
 * The feed that keeps the events partners read.
 *
 * E1 Every row of the log that belongs to a partner's order is told once, in the order of the feed: so of one order by
 *    version, and nobody who reads on from a place ever finds one before it.
 * E2 The cursor stands beside the events and moves with them, in one statement.
 * E3 A row that can't be told puts its actor into quarantine; the feed goes on.
 */
import { readTenants } from '../log/feed.ts';
import type { FeedRow } from '../log/rows.ts';
import type { Queryable } from '../log/statement.ts';
import type { LogRow } from '../runtime/actor.ts';
import { readCursor } from './cursors.ts';
import { type EventLine, writeEvents } from './event-store.ts';
import { follow } from './follow.ts';

/** Name of the cursor. */
export const EVENTS_FEED = 'partner-events';
/** Rows of the log read at once. */
const BATCH = 500;

export interface EventFeedOptions {
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
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

  constructor(options: EventFeedOptions) {
    this.#options = options;
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
    const page = await readTenants(pool, cursor, BATCH, { kind, except: house });
    if (page.read === 0) return false;
    const lines = await Promise.all(page.rows.map((row) => this.#lines(row)));
    await writeEvents(pool, lines.flat(), EVENTS_FEED, cursor, page.cursor);
    return page.read === BATCH;
  }

  async #lines(row: FeedRow): Promise<readonly EventLine[]> {
    const { era, xid, seq } = row;
    try {
      const { tenant, events } = this.#options.events(row);
      return events.map((event, n) => ({ tenant, era, xid, seq, n, event }));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      await this.#options.quarantine(row.kind, row.actor, `version ${row.version} can't be told: ${why}`);
      return [];
    }
  }
}
