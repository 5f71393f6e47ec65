/**
 * Stops asking a server that does not answer: after `failures` within `withinMs` everything is refused for `openMs`, then
 * one call tries while the others are still refused. Its success lets all through, its failure refuses for `openMs` again.
 */
export interface BreakerOptions {
  readonly failures: number;
  readonly withinMs: number;
  readonly openMs: number;
  now(): number;
}

export class Breaker {
  readonly #options: BreakerOptions;
  #recent: number[] = [];
  #openUntil: number | undefined;
  #trying = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get open(): boolean {
    return this.#openUntil !== undefined;
  }

  /** Asked before each call; true must be followed by `worked` or `failed`. */
  allows(): boolean {
    if (this.#openUntil === undefined) return true;
    if (this.#trying || this.#options.now() < this.#openUntil) return false;
    this.#trying = true;
    return true;
  }

  worked(): void {
    if (this.#openUntil === undefined || this.#trying) this.reset();
  }

  failed(): void {
    const now = this.#options.now();
    this.#recent = [...this.#recent.filter((at) => at > now - this.#options.withinMs), now];
    if (!this.#trying && this.#recent.length < this.#options.failures) return;
    this.#trying = false;
    this.#openUntil = now + this.#options.openMs;
  }

  /** The server is known to be back. */
  reset(): void {
    this.#openUntil = undefined;
    this.#trying = false;
    if (this.#recent.length > 0) this.#recent = [];
  }
}
