/**
 * Changes of one board from the view `orders`, for as long as Redis can't give them: asked every `everyMs`, and at once
 * whether the board is live again (soon again while it is only being rebuilt).
 */
import type { ColdChanges } from '../views/cold.ts';
import type { Marks } from './watcher.ts';

export interface ColdFeedOptions {
  readonly everyMs: number;
  /** Milliseconds since 1970: what changed before is known; absent = about now. */
  readonly since?: number;
  /** Without marks: the board is live. Rejects when Postgres is away too. */
  look(): Promise<Marks>;
  /** Those of the last seconds are given again each time. */
  changes(since: number | undefined): Promise<ColdChanges>;
  /** Only called when something is new, or somebody came. */
  give(changes: ColdChanges['changes'], marks: Marks): void;
  live(): void;
}

const REBUILDING_MS = 250;

export class ColdFeed {
  readonly #options: ColdFeedOptions;
  #timer: NodeJS.Timeout | undefined;
  #since: number | undefined;
  #given: string | undefined;
  #stopped = false;

  constructor(options: ColdFeedOptions) {
    this.#options = options;
    this.#since = options.since;
    this.#plan(Math.min(REBUILDING_MS, options.everyMs));
  }

  /** Somebody came who knows less than those who are there: the last changes are given once more. */
  repeat(): void {
    this.#given = undefined;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #plan(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#step().then((next) => this.#plan(next)), ms);
  }

  /** Returns when to look again. */
  async #step(): Promise<number> {
    const { look, changes, give, live, everyMs } = this.#options;
    try {
      const marks = await look();
      if (this.#stopped) return everyMs;
      if (marks.rebuilding === undefined && marks.stale === undefined) {
        live();
        return everyMs;
      }
      const found = await changes(this.#since);
      if (this.#stopped) return everyMs;
      this.#since = found.since;
      const given = found.changes.map(({ order, version }) => `${order} ${version}`).join();
      if (given !== this.#given) give(found.changes, marks);
      this.#given = given;
      return marks.rebuilding ? Math.min(REBUILDING_MS, everyMs) : everyMs;
    } catch {
      return everyMs; // Postgres is away too
    }
  }
}
