/**
 * Brings Redis up to rows of the log: asks which states and places are behind, in one script call, and hands over only
 * those. What the turns did themselves costs one look. Idempotent, like everything in Redis.
 */
import type { Hot } from '../hot/hot.ts';
import type { FinishItem } from '../hot/items.ts';
import type { Keys } from '../hot/keys.ts';
import type { Redis } from '../hot/redis.ts';
import { run } from '../hot/script.ts';
import { SCRIPTS } from '../hot/scripts.ts';
import type { HotProjection, LogRow } from '../runtime/actor.ts';

export interface MenderOptions {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly hot: Hot;
  /** What a row changes; throws for a row that can't be folded. */
  project(row: LogRow): HotProjection;
  /** The same as items for `Hot.finish`, with the state, without a lease. */
  items(row: LogRow): readonly FinishItem[];
  quarantine(kind: string, actor: string, why: string): Promise<unknown>;
}

/** Asking 500 rows takes Redis about a millisecond; the time limit of a turn's script would still be tight. */
const LIMIT_MS = 1_000;

interface Target {
  readonly row: LogRow;
  /** null = the actor's state. */
  readonly board: string | null;
}

export class Mender {
  readonly #options: MenderOptions;

  constructor(options: MenderOptions) {
    this.#options = options;
  }

  /** Rows in the order of the feed. Returns how many states and places were behind. Throws `redis_away`. */
  async mend(rows: readonly LogRow[]): Promise<number> {
    const targets = await this.#newest(rows);
    if (targets.length === 0) return 0;
    const argv = targets.flatMap((target) => this.#question(target));
    const answers = await run(this.#options.redis, SCRIPTS.boardBehind, [String(argv[1])], argv, { limitMs: LIMIT_MS });
    const behind = targets.filter((_, i) => answers[i] === 'behind');
    await this.#options.hot.finish([...behind.flatMap((target) => this.#pick(target)), ...this.#hints(rows, behind)]);
    return behind.length;
  }

  /** Of each actor the newest row, and of each card on each board: an order that moved is on two. */
  async #newest(rows: readonly LogRow[]): Promise<readonly Target[]> {
    const newest = new Map<string, Target>();
    for (const row of rows) {
      try {
        const key = `${row.kind}:${row.actor}`;
        const { places } = this.#options.project(row);
        newest.set(key, { row, board: null });
        for (const { board } of places) newest.set(`${key} ${board}`, { row, board });
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        await this.#options.quarantine(row.kind, row.actor, `version ${row.version} can't be folded: ${why}`);
      }
    }
    return [...newest.values()];
  }

  #question({ row, board }: Target): (string | number)[] {
    const { keys } = this.#options;
    return board === null
      ? ['S', keys.state(row.kind, row.actor), row.version]
      : ['P', keys.board(board), row.actor, row.version];
  }

  #pick({ row, board }: Target): readonly FinishItem[] {
    return this.#options
      .items(row)
      .filter((item) => (board === null ? item.type === 'state' : item.type === 'place' && item.board === board));
  }

  /** Hints and notices have no version of their own: they go with the rows whose states were behind, in feed order. */
  #hints(rows: readonly LogRow[], behind: readonly Target[]): readonly FinishItem[] {
    const actors = new Set(behind.filter(({ board }) => board === null).map(({ row }) => `${row.kind}:${row.actor}`));
    return rows
      .filter((row) => actors.has(`${row.kind}:${row.actor}`))
      .flatMap((row) => this.#options.items(row).filter(({ type }) => type === 'held' || type === 'notice'));
  }
}
