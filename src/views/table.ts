/**
 * The feed that keeps the view `orders`. It looks some three times a second, never sooner: an order that changed several
 * times meanwhile is written once, as its newest row says.
 *
 * V1 A row of the view is what the newest row of the log says: absolute, newer versions win.
 * V2 The cursor stands beside the rows and moves with them, in one statement.
 * V3 A hole, or a row that can't be folded, puts that actor into quarantine; the feed goes on.
 */

import type { FeedRow } from '../log/rows.ts';
import type { Queryable } from '../log/statement.ts';
import type { LogRow } from '../runtime/actor.ts';
import { readCursor } from './cursors.ts';
import { type FeedSource, FeedTail } from './feed-tail.ts';
import { follow } from './follow.ts';
import { findHoles } from './holes.ts';
import type { OrderRow } from './order-row.ts';
import { writeOrders } from './orders-store.ts';

/** Name of the cursor. */
export const ORDERS_FEED = 'orders';
/** Rows of the log read at once. */
const BATCH = 2_000;
/** Lists lag a second at most. */
const PAUSE_MS = 300;

/** Turns rows of the log into rows of the view; puts what can't be turned into quarantine. */
export interface Folding {
  /** undefined = a kind that has no row in the view. Throws for a row that can't be folded. */
  orderRow(row: LogRow): OrderRow | undefined;
  quarantine(kind: string, actor: string, why: string): Promise<unknown>;
}

export interface TableFeedOptions extends Folding {
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
  readonly source?: FeedSource;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
  /** Between two looks when nothing is left, milliseconds. */
  readonly pauseMs?: number;
}

export class TableFeed {
  readonly #options: TableFeedOptions;
  readonly #source: FeedSource;

  constructor(options: TableFeedOptions) {
    this.#options = options;
    this.#source = options.source ?? new FeedTail(options.pool);
  }

  /** Until the signal. One owner at a time is enough; two do no harm. */
  run(signal: AbortSignal): Promise<void> {
    return follow(signal, () => this.step(), {
      pauseMs: this.#options.pauseMs ?? PAUSE_MS,
      report: (error) => this.#options.report('the feed of the orders stumbled', { error }),
    });
  }

  /** One batch; true = there is more. */
  async step(): Promise<boolean> {
    const { pool } = this.#options;
    const cursor = await readCursor(pool, ORDERS_FEED);
    const page = await this.#source.read(cursor, BATCH);
    if (page.rows.length === 0) return false;
    await this.#look(page.rows);
    const rows = await foldRows(this.#options, newestOf(page.rows));
    await writeOrders(pool, rows, ORDERS_FEED, cursor, page.cursor);
    return page.rows.length === BATCH;
  }

  async #look(rows: readonly FeedRow[]): Promise<void> {
    for (const { kind, actor, version } of await findHoles(this.#options.pool, rows)) {
      await this.#options.quarantine(kind, actor, `version ${version} stands in the log without the one before`);
    }
  }
}

/** Of each actor: rows come in the order of their versions. */
const newestOf = (rows: readonly FeedRow[]): readonly FeedRow[] => [
  ...new Map(rows.map((row) => [`${row.kind}:${row.actor}`, row])).values(),
];

/** The newest row of each order, folded. */
export async function foldRows(folding: Folding, rows: readonly LogRow[]): Promise<readonly OrderRow[]> {
  const newest = new Map<string, OrderRow>();
  for (const row of rows) {
    try {
      const folded = folding.orderRow(row);
      if (folded && (newest.get(folded.id)?.version ?? 0) < folded.version) newest.set(folded.id, folded);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      await folding.quarantine(row.kind, row.actor, `version ${row.version} can't be folded: ${why}`);
    }
  }
  return [...newest.values()];
}
