/** What several ask for while it is being read, or shortly after, is read once: after a loss all come at once. */
export class ReadOnce<A> {
  readonly #keepMs: number;
  readonly #known = new Map<string, Promise<A>>();

  /** `keepMs`: for so long an answer is given again. A failure is not. */
  constructor(keepMs = 0) {
    this.#keepMs = keepMs;
  }

  /** Answers that are known or being read. */
  get size(): number {
    return this.#known.size;
  }

  has(name: string): boolean {
    return this.#known.has(name);
  }

  ask(name: string, read: () => Promise<A>): Promise<A> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const reading = read();
    const drop = (): void => {
      if (this.#known.get(name) === reading) this.#known.delete(name);
    };
    const keep = (): void => {
      if (this.#keepMs === 0) drop();
      else setTimeout(drop, this.#keepMs).unref();
    };
    this.#known.set(name, reading);
    reading.then(keep, drop);
    return reading;
  }

  /** Whoever asks next reads anew; without a name, whatever it asks. */
  forget(name?: string): void {
    if (name === undefined) this.#known.clear();
    else this.#known.delete(name);
  }
}
