/**
 * Collects what is asked during one turn of the event loop and asks for it together. Calls are cut by count and by
 * size, so that a burst of big items does not make one call that is slower than its time limit.
 */
export interface TickOptions<I, R> {
  readonly mostItems: number;
  readonly mostSize: number;
  size(item: I): number;
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
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    if (this.#waiting.push({ item, resolve, reject }) === 1) setImmediate(() => this.#flush());
    return promise;
  }

  #flush(): void {
    const all = this.#waiting;
    this.#waiting = [];
    let part: Waiting<I, R>[] = [];
    let size = 0;
    for (const waiting of all) {
      const own = this.#options.size(waiting.item);
      if (part.length === this.#options.mostItems || (part.length > 0 && size + own > this.#options.mostSize)) {
        void this.#ask(part);
        part = [];
        size = 0;
      }
      part.push(waiting);
      size += own;
    }
    void this.#ask(part);
  }

  async #ask(part: readonly Waiting<I, R>[]): Promise<void> {
    try {
      const replies = await this.#options.run(part.map(({ item }) => item));
      part.forEach(({ resolve }, i) => {
        resolve(replies[i] as R);
      });
    } catch (error) {
      for (const { reject } of part) reject(error);
    }
  }
}
