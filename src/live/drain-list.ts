/** Who waits until a slow line can be sent to again: one list and one listener, however many wait. */
export interface Drainable {
  readonly slow: boolean;
  /** Calls back whenever the network took something, until it is stopped. */
  eachTaken(listener: () => void): () => void;
}

export class DrainList {
  readonly #line: Drainable;
  #waiting: (() => void)[] = [];
  #stop: (() => void) | undefined;

  constructor(line: Drainable) {
    this.#line = line;
  }

  /** Calls back once: at once if it is not slow, else in the order of the calls. */
  add(then: () => void): void {
    if (this.#waiting.length === 0 && !this.#line.slow) {
      then();
      return;
    }
    this.#waiting.push(then);
    this.#stop ??= this.#line.eachTaken(() => this.#look());
  }

  /** Nobody is called back any more. */
  clear(): void {
    this.#waiting = [];
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Whoever is called back may send so much that the next ones wait again. */
  #look(): void {
    while (this.#waiting.length > 0 && !this.#line.slow) this.#waiting.shift()?.();
    if (this.#waiting.length === 0) this.clear();
  }
}
