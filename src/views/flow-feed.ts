/**
 * The feed that keeps the flow figures. It looks twice a second: figures of two weeks need no more, many rows at once are
 * cheap, and what it reads the other feeds of the process have just read.
 */
import type { FeedCursor, FeedRow } from '../log/rows.ts';
import type { Queryable } from '../log/statement.ts';
import type { LogRow } from '../runtime/actor.ts';
import { compareCursors } from './feed-cursor.ts';
import { type FeedSource, FeedTail } from './feed-tail.ts';
import { addStays, type EndedStay, type Generation, keptFlow } from './flow-store.ts';
import { follow } from './follow.ts';

export interface FlowOptions {
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
  /** The stays that end with a row of any kind. Throws for a row that can't be read. */
  stays(row: LogRow): readonly Omit<EndedStay, 'day'>[];
  report(what: string, details: Readonly<Record<string, unknown>>): void;
}

export interface FlowFeedOptions extends FlowOptions {
  readonly source?: FeedSource;
  /** Between two looks when nothing is left, milliseconds. */
  readonly pauseMs?: number;
}

/** Rows of the log read at once. */
const BATCH = 1_000;

export class FlowFeed {
  readonly #options: FlowFeedOptions;
  readonly #source: FeedSource;

  constructor(options: FlowFeedOptions) {
    this.#options = options;
    this.#source = options.source ?? new FeedTail(options.pool);
  }

  /** Until the signal. One owner at a time is enough; two do no harm. */
  run(signal: AbortSignal): Promise<void> {
    return follow(signal, () => this.step(), {
      pauseMs: this.#options.pauseMs ?? 500,
      report: (error) => this.#options.report('the feed of the flow figures stumbled', { error }),
    });
  }

  /** One batch; true = there is more. */
  async step(): Promise<boolean> {
    const { read } = await readOn(this.#options, this.#source, await keptFlow(this.#options.pool));
    return read === BATCH;
  }
}

export interface ReadOn {
  /** Rows of the log. */
  readonly read: number;
  /** Of the last of them; undefined = there was none. */
  readonly cursor: FeedCursor | undefined;
  /** false: there was none, somebody else moved the generation's cursor, or it is no more. */
  readonly moved: boolean;
}

/** Adds one batch to a generation, at most up to the row `upTo`. */
export async function readOn(
  options: FlowOptions,
  source: FeedSource,
  at: Generation,
  upTo?: FeedCursor,
): Promise<ReadOn> {
  const page = await source.read(at.cursor, BATCH);
  const rows = upTo === undefined ? page.rows : page.rows.filter((row) => compareCursors(row, upTo) <= 0);
  const last = rows.at(-1);
  if (last === undefined) return { read: 0, cursor: undefined, moved: false };
  const cursor = { era: last.era, xid: last.xid, seq: last.seq };
  const stays = rows.flatMap((row) => staysOf(row, options));
  return { read: rows.length, cursor, moved: await addStays(options.pool, stays, at, cursor) };
}

/** Figures are no reason to stop an order: a row that can't be read is told of and not counted. */
function staysOf(row: FeedRow, { stays, report }: FlowOptions): readonly EndedStay[] {
  try {
    const ended = stays(row);
    if (!ended.every(({ ms }) => Number.isSafeInteger(ms))) throw new Error('a stay without a length');
    const day = row.at.slice(0, 10);
    return ended.map((stay) => ({ ...stay, day }));
  } catch (error) {
    const { kind, actor, version } = row;
    report('a row is not in the flow figures', { kind, actor, version, error });
    return [];
  }
}
