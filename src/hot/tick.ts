/**
 * Collects what is asked during one turn of the event loop and asks for it together. Calls are cut by count and by
 * size, so that a burst of big items does not make one call that is slower than its time limit.
 */
export interface TickOptions<I, R> {
  readonly mostItems: number;
  readonly mostSize: number;
  size(item: I): number;
  /** For how many an item counts; without it for one. */
  count?(item: I): number;
  /** As many replies as items, in order. */
  run(items: readonly I[]): Promise<readonly R[]>;
}

interface Waiting<I, R> {
  readonly item: I;
  resolve(reply: R): void;
  reject(error: unknown): void;
}

export class Tick<I, R> {
  readonly #options: TickOptions<I, R>;
  #waiting: Waiting<I, R>[] = [];

  constructor(options: TickOptions<I, R>) {
    this.#options = options;
  }

  add(item: I): Promise<R> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ item, resolve, reject }) === 1) setImmediate(() => this.#flush());
    });
  }

  #flush(): void {
    const { mostItems, mostSize, size, count } = this.#options;
    const all = this.#waiting;
    this.#waiting = [];
    let part: Waiting<I, R>[] = [];
    let items = 0;
    let bytes = 0;
    for (const waiting of all) {
      const own = size(waiting.item);
      const many = count?.(waiting.item) ?? 1;
      if (part.length > 0 && (items + many > mostItems || bytes + own > mostSize)) {
        void this.#ask(part);
        part = [];
        items = 0;
        bytes = 0;
      }
      part.push(waiting);
      items += many;
      bytes += own;
    }
    void this.#ask(part);
  }

  async #ask(part: readonly Waiting<I, R>[]): Promise<void> {
    try {
      const replies = await this.#options.run(part.map(({ item }) => item));
      for (const [i, { resolve }] of part.entries()) resolve(replies[i] as R);
    } catch (error) {
      for (const { reject } of part) reject(error);
    }
  }
}
