/** What was refused is not tried again at once: whoever asked waits for another version of the order, or a while. */
const AGAIN_MS = 15_000;
const MOST = 500;

export class Patience {
  readonly #until = new Map<string, number>();

  refused(order: string, version: number, nowMs: number): void {
    const key = `${order} ${version}`;
    this.#until.delete(key);
    this.#until.set(key, nowMs + AGAIN_MS);
    for (const [old, until] of this.#until) {
      if (until >= nowMs && this.#until.size <= MOST) break; // they stand in the order in which they came
      this.#until.delete(old);
    }
  }

  allows(order: string, version: number, nowMs: number): boolean {
    return (this.#until.get(`${order} ${version}`) ?? 0) < nowMs;
  }
}
