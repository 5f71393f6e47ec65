/**
 * One watcher of one actor: every version once, in order.
 *
 * L1 Lower or equal versions are dropped, a jump is filled from the log, so a lost, doubled or reordered message of
 *    Redis is never seen outside.
 * L2 Until `open` says which version the watcher has, messages are held back.
 * L3 A watcher that can't keep up is shown nothing until it can; then what it missed comes from the log.
 */
/** What is told of one version: the same whether it came by message or from the log. */
export interface Told {
  readonly version: number;
}

export interface GuardDeps<T extends Told> {
  /** Rows after a version, ascending. */
  rows(since: number): Promise<readonly T[]>;
  /** false: the watcher can't take more; it has seen this row. */
  show(row: T): boolean;
}

export class Guard<T extends Told = Told> {
  readonly #deps: GuardDeps<T>;
  #last: number | undefined;
  #held: T[] = [];
  #filling = false;
  #paused = false;
  #closed = false;
  #wanted = 0;

  constructor(deps: GuardDeps<T>) {
    this.#deps = deps;
  }

  /** Newest version shown; undefined before `open`. */
  get last(): number | undefined {
    return this.#last;
  }

  /** The watcher has everything up to `version`. Only the first call counts. */
  open(version: number): void {
    if (this.#last !== undefined) return;
    this.#last = version;
    const held = this.#held;
    this.#held = [];
    for (const row of held) this.take(row);
  }

  /** Nothing is shown any more. */
  close(): void {
    this.#closed = true;
  }

  /** The watcher can take more again. */
  resume(): void {
    this.#paused = false;
    this.reach(this.#wanted);
  }

  take(row: T): void {
    if (this.#last === undefined) this.#held.push(row);
    else if (row.version === this.#last + 1 && !this.#filling && !this.#paused) this.#show(row);
    else this.reach(row.version);
  }

  /** There is at least this version: what is missing comes from the log. */
  reach(version: number): void {
    if (this.#last === undefined || version <= this.#last) return;
    this.#wanted = Math.max(this.#wanted, version);
    if (!this.#filling && !this.#paused) void this.#fill();
  }

  #show(row: T): void {
    if (this.#closed) return;
    this.#last = row.version;
    this.#paused = !this.#deps.show(row);
  }

  async #fill(): Promise<void> {
    this.#filling = true;
    try {
      while (this.#last !== undefined && this.#last < this.#wanted) {
        const before = this.#last;
        const rows = await this.#deps.rows(before);
        for (const row of rows) {
          if (this.#paused || this.#closed) return;
          if (row.version === this.#last + 1) this.#show(row);
        }
        if (this.#last === before) break;
      }
    } catch {
      // Postgres is away: the next message or position check asks again.
    } finally {
      this.#filling = false;
    }
  }
}
