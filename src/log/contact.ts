/**
 * Whether Postgres answers, as this process knows: it is asked all the time, over a connection of its own. What is served
 * meanwhile from Redis can so say how old it may be; no read asks for that itself.
 *
 * Away means: the last question failed or took too long. Known at most EVERY_MS + LIMIT_MS after it went.
 */

const EVERY_MS = 500;
const LIMIT_MS = 500;

interface Postgres {
  query(text: string): Promise<unknown>;
}

export class Contact {
  readonly #on: Postgres;
  #answered = performance.now();
  #away = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(on: Postgres) {
    this.#on = on;
    void this.#ask();
  }

  /** Seconds since Postgres last answered; undefined = it does. */
  get awaySeconds(): number | undefined {
    return this.#away ? (performance.now() - this.#answered) / 1_000 : undefined;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #take(answered: boolean): void {
    this.#away = !answered;
    if (answered) this.#answered = performance.now();
  }

  async #ask(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<false>();
    const timer = setTimeout(() => resolve(false), LIMIT_MS);
    const answer = this.#on.query('SELECT 1').then(
      () => true,
      () => false,
    );
    this.#take(await Promise.race([answer, late]));
    clearTimeout(timer);
    // One question at a time: one that hangs is waited for.
    if (this.#away) this.#take(await answer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.#ask(), EVERY_MS).unref();
  }
}
