/**
 * The feed that tells the world outside: every event of the log as one message to the topic exchange.
 *
 * E1 At least once: the cursor moves when the broker has confirmed everything before it. While the broker is away the feed
 *    stands still; two owners at once, or a kill, only repeat messages.
 * E2 In the order of the actor: an event goes out when the one before it, of the same actor, is confirmed. So the first
 *    copies of an actor's events come in order, and who drops what it has seen (`messageId`) has all of them in order.
 * E3 The id of a message is made from the log alone: the same event always has the same.
 */
import { eventId } from '../log/event-id.ts';
import type { FeedPage } from '../log/feed.ts';
import type { Queryable } from '../log/statement.ts';
import type { LogRow } from '../runtime/actor.ts';
import { moveCursor, readCursor } from '../views/cursors.ts';
import { type FeedSource, FeedTail } from '../views/feed-tail.ts';
import { follow } from '../views/follow.ts';
import type { Outgoing } from './publisher.ts';

/** What outsiders learn of an event: no personal data. `type` is the routing key, e.g. `order.captured`. */
export interface Outward {
  readonly type: string;
  readonly site: string;
  readonly tenant?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface OutwardFeedOptions {
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
  readonly source?: FeedSource;
  readonly exchange: string;
  /** Whether the broker can be reached. */
  connected(): boolean;
  /** Resolves when all are confirmed. */
  send(messages: readonly Outgoing[]): Promise<void>;
  /** One per event of the row, in order. Throws for a row that can't be read: it is passed over. */
  outward(row: LogRow): readonly Outward[];
  report(what: string, details: Readonly<Record<string, unknown>>): void;
  /** Between two looks when nothing is left, milliseconds. */
  readonly pauseMs?: number;
}

/** Name of the cursor. */
export const OUTWARD_FEED = 'publisher';
const BATCH = 200;

export class OutwardFeed {
  readonly #options: OutwardFeedOptions;
  readonly #source: FeedSource;

  constructor(options: OutwardFeedOptions) {
    this.#options = options;
    this.#source = options.source ?? new FeedTail(options.pool);
  }

  /** Until the signal. */
  run(signal: AbortSignal): Promise<void> {
    return follow(signal, () => this.step(), {
      pauseMs: this.#options.pauseMs ?? 200,
      report: (error) => this.#options.report('the feed of the events stumbled', { error }),
    });
  }

  /** One batch; true = there is more. */
  async step(): Promise<boolean> {
    const { pool, connected, send } = this.#options;
    if (!connected()) return false;
    const cursor = await readCursor(pool, OUTWARD_FEED);
    const page = await this.#source.read(cursor, BATCH);
    if (page.rows.length === 0) return false;
    for (const round of this.#rounds(page)) await send(round);
    await moveCursor(pool, OUTWARD_FEED, cursor, page.cursor); // else: told twice, by another owner too
    return page.rows.length === BATCH;
  }

  /** Round n holds the n-th event of each actor of the page. */
  #rounds({ rows }: FeedPage): readonly Outgoing[][] {
    const rounds: Outgoing[][] = [];
    const counts = new Map<string, number>();
    for (const row of rows) {
      for (const message of this.#messages(row)) {
        const actor = `${row.kind}/${row.actor}`;
        const n = counts.get(actor) ?? 0;
        counts.set(actor, n + 1);
        const round = rounds[n] ?? [];
        rounds[n] = round;
        round.push(message);
      }
    }
    return rounds;
  }

  #messages(row: LogRow): readonly Outgoing[] {
    try {
      return this.#options.outward(row).map((event, i) => messageOf(this.#options.exchange, row, event, i));
    } catch (error) {
      const { kind, actor, version } = row;
      this.#options.report('an event could not be told outside', { kind, actor, version, error });
      return [];
    }
  }
}

function messageOf(exchange: string, row: LogRow, { type, site, tenant, data }: Outward, index: number): Outgoing {
  const { kind, actor, version, at } = row;
  const id = eventId(row, index);
  const body = { id, kind, actor, version, type, at, site, ...(tenant === undefined ? {} : { tenant }), data };
  return {
    exchange,
    key: type,
    content: Buffer.from(JSON.stringify(body)),
    // Not mandatory: an event that nobody listens to is in the log.
    options: {
      persistent: true,
      messageId: id,
      type,
      contentType: 'application/json',
      timestamp: Math.trunc(Date.parse(at) / 1_000),
      ...(row.trace === null ? {} : { headers: { traceparent: row.trace } }),
    },
  };
}
