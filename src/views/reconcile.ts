/**
 * The reconciler: the duty that keeps Redis at most a second behind the log, whatever the turns could not do.
 *
 * C1 Every row of the feed is compared once with Redis after it could be seen; only what is behind is written.
 * C2 The cursor of a board stands in its meta, with what it covers: an emptied Redis has no cursor, and is rebuilt.
 * C3 Once a minute boards are compared with the view `orders`: cards that the feed can't mend any more (audit.ts).
 * C4 A board without meta, not complete, or written by another run of Redis gets a new epoch and is rebuilt.
 */
import { run } from '../hot/script.ts';
import { SCRIPTS } from '../hot/scripts.ts';
import type { FeedCursor } from '../log/rows.ts';
import { auditBoard } from './audit.ts';
import type { ColdBoard } from './cold.ts';
import { compareCursors, cursorFrom, cursorText, earlier } from './feed-cursor.ts';
import { type FeedSource, FeedTail } from './feed-tail.ts';
import { follow } from './follow.ts';
import { type RebuildOptions, rebuildBoard } from './rebuild.ts';
import { redisRun } from './redis-run.ts';

export interface ReconcilerOptions extends RebuildOptions {
  readonly source?: FeedSource;
  readonly cold: ColdBoard;
  readonly boards: readonly string[];
  report(what: string, details: Readonly<Record<string, unknown>>): void;
  /** Between two looks when nothing is left, milliseconds. */
  readonly pauseMs?: number;
  /** A removed card keeps its tombstone for so long, milliseconds. */
  readonly tombstoneMs?: number;
}

const BATCH = 500;
const TIDY_EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Cursors are remembered for 10 to 20 minutes, milliseconds. */
const MARK_MS = 600_000;
const LIMIT_MS = 1_000;

interface LiveBoard {
  readonly board: string;
  readonly epoch: string;
  readonly cursor: FeedCursor;
}

export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #source: FeedSource;
  #tidiedAt = performance.now();

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#source = options.source ?? new FeedTail(options.pool);
  }

  /** Until the signal. One owner at a time is enough; two do no harm. */
  run(signal: AbortSignal): Promise<void> {
    return follow(signal, () => this.step(), {
      pauseMs: this.#options.pauseMs ?? 500,
      report: (error) => this.#options.report('the reconciler stumbled', { error }),
    });
  }

  /** Mends what is missing, then one batch; true = there is more. */
  async step(): Promise<boolean> {
    const live = await this.#liveBoards();
    const cursor = live.map((board) => board.cursor).reduce<FeedCursor | undefined>(min, undefined);
    if (cursor === undefined) return false;
    const page = await this.#source.read(cursor, BATCH);
    await this.#options.mender.mend(page.rows);
    await this.#move(live, page.cursor);
    if (page.rows.length === BATCH) return true;
    if (performance.now() - this.#tidiedAt >= TIDY_EVERY_MS) await this.tidy();
    return false;
  }

  /** When nothing is left in the feed, once a minute: wrong cards and old tombstones. */
  async tidy(): Promise<void> {
    this.#tidiedAt = performance.now();
    for (const board of this.#options.boards) {
      const wrong = await auditBoard(this.#options, board);
      if (wrong > 0) this.#options.report('cards were mended', { board, wrong });
      await this.#sweep(board);
    }
  }

  /** Those that can be followed; the others are rebuilt first. */
  async #liveBoards(): Promise<readonly LiveBoard[]> {
    const live: LiveBoard[] = [];
    const runId = await redisRun(this.#options.redis);
    for (const board of this.#options.boards) {
      const found = await this.#look(board, runId);
      if (found) live.push(found);
      else if (await this.#rebuild(board)) {
        const rebuilt = await this.#look(board, runId);
        if (rebuilt) live.push(rebuilt);
      }
    }
    return live;
  }

  async #look(board: string, runId: string): Promise<LiveBoard | undefined> {
    const { redis, keys } = this.#options;
    const fields = ['epoch', 'complete', 'run', 'cursor'];
    const meta = await redis.call('HMGET', [keys.boardMeta(board), ...fields], { limitMs: LIMIT_MS });
    const [epoch, complete, writtenBy, cursor] = meta as (string | null)[];
    if (!epoch || complete !== '1' || writtenBy !== runId || !cursor) return undefined;
    return { board, epoch, cursor: cursorFrom(cursor) };
  }

  async #rebuild(board: string): Promise<boolean> {
    const rebuilt = await rebuildBoard(this.#options, board);
    if (rebuilt) this.#options.report('a board was rebuilt', { board, ...rebuilt });
    return rebuilt !== undefined;
  }

  async #move(live: readonly LiveBoard[], cursor: FeedCursor): Promise<void> {
    const { redis, keys } = this.#options;
    const moving = live.filter((board) => compareCursors(board.cursor, cursor) < 0);
    const [first] = moving;
    if (first === undefined) return;
    const argv = moving.flatMap(({ board, epoch, cursor: from }) => [
      keys.boardMeta(board),
      epoch,
      cursorText(from),
      cursorText(cursor),
    ]);
    await run(redis, SCRIPTS.boardCursor, [keys.boardMeta(first.board)], [MARK_MS, ...argv], { limitMs: LIMIT_MS });
  }

  /** A tombstone must outlive the rows that came before it. */
  async #sweep(board: string): Promise<void> {
    const { redis, keys, tombstoneMs = HOUR_MS } = this.#options;
    const argv = [keys.board(board), tombstoneMs, BATCH];
    while ((await run(redis, SCRIPTS.boardSweep, [keys.boardMeta(board)], argv)) === BATCH);
  }
}

const min = (least: FeedCursor | undefined, cursor: FeedCursor): FeedCursor =>
  least === undefined ? cursor : earlier(least, cursor);
