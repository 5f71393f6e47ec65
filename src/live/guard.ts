/**
 * One watcher of one actor: every version once, in order.
 *
 * L1 Lower or equal versions are dropped, a jump is filled from the log, so a lost, doubled or reordered message of
 *    Redis is never seen outside.
 * L2 Until `open` says which version the watcher has, messages are held back.
 */
/** What is told of one version: the same whether it came by message or from the log. */
export interface Told {
  readonly version: number;
}

export interface GuardDeps<T extends Told> {
  /** Rows after a version, ascending. */
  rows(since: number): Promise<readonly T[]>;
  show(row: T): void;
}

export class Guard<T extends Told = Told> {
  readonly #deps: GuardDeps<T>;
  #last: number | undefined;
  #held: T[] = [];
  #filling = false;
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

  take(row: T): void {
    if (this.#last === undefined) this.#held.push(row);
    else if (row.version === this.#last + 1 && !this.#filling) {
      this.#last = row.version;
      this.#deps.show(row);
    } else this.reach(row.version);
  }

  /** There is at least this version: what is missing comes from the log. */
  reach(version: number): void {
    if (this.#last === undefined || version <= this.#last) return;
    this.#wanted = Math.max(this.#wanted, version);
    if (!this.#filling) void this.#fill();
  }

  async #fill(): Promise<void> {
    this.#filling = true;
    try {
      while (this.#last !== undefined && this.#last < this.#wanted) {
        const rows = await this.#deps.rows(this.#last);
        if (rows.length === 0) break;
        for (const row of rows) {
          if (row.version !== this.#last + 1) continue;
          this.#last = row.version;
          this.#deps.show(row);
        }
      }
    } catch {
      // Postgres is away: the next message or position check asks again.
    } finally {
      this.#filling = false;
      this.#wanted = 0;
    }
  }
}
