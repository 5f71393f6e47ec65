/**
 * Whether a board in Redis has everything that the log had when somebody asked.
 *
 * Nearly always it is ahead of what anybody knows. Only who was told by the view `orders`, as Redis was away, may know of
 * rows that the reconciler has yet to bring there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Keys } from '../hot/keys.ts';
import type { Redis } from '../hot/redis.ts';
import { readFeed } from '../log/feed.ts';
import type { FeedCursor } from '../log/rows.ts';
import type { Queryable } from '../log/statement.ts';
import { compareCursors, cursorFrom } from './feed-cursor.ts';

export interface CaughtUpOptions {
  readonly redis: Redis;
  readonly keys: Keys;
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
  /** How long is waited for the reconciler, milliseconds. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 2_000;
const LOOK_MS = 50;
const LIMIT_MS = 1_000;
/** A board that lacks more has not caught up for a while. */
const MOST_ROWS = 500;

export class CaughtUp {
  readonly #options: CaughtUpOptions;
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(options: CaughtUpOptions) {
    this.#options = options;
  }

  /** Waits a moment for it; all who come meanwhile wait together. true also where the log can't be asked. */
  ask(board: string): Promise<boolean> {
    const known = this.#asked.get(board);
    if (known !== undefined) return known;
    const asked = this.#ask(board).finally(() => this.#asked.delete(board));
    this.#asked.set(board, asked);
    return asked;
  }

  async #ask(board: string): Promise<boolean> {
    const { pool, patienceMs = PATIENCE_MS } = this.#options;
    const begun = performance.now();
    const first = await this.#cursor(board);
    if (first === undefined) return false;
    const page = await readFeed(pool, first, MOST_ROWS).catch(() => undefined);
    if (page === undefined) return true;
    if (page.rows.length === MOST_ROWS) return false;
    for (let at: FeedCursor | undefined = first; at !== undefined; at = await this.#cursor(board)) {
      if (compareCursors(at, page.cursor) >= 0) return true;
      if (performance.now() - begun > patienceMs) return false;
      await sleep(LOOK_MS);
    }
    return false;
  }

  /** Up to where the reconciler has compared the board with the log; undefined: nobody knows. */
  async #cursor(board: string): Promise<FeedCursor | undefined> {
    const { redis, keys } = this.#options;
    const found = await redis
      .call('HGET', [keys.boardMeta(board), 'cursor'], { limitMs: LIMIT_MS })
      .catch(() => undefined);
    return typeof found === 'string' && found !== '' ? cursorFrom(found) : undefined;
  }
}
