import type { Answer, Envelope } from './actor.ts';

const NOTHING_TAKEN: ReadonlyMap<string, string> = new Map();

/** A command in a mailbox, until it is answered: once, whoever is first. */
export class Pending {
  readonly envelope: Envelope;
  /** Milliseconds since 1970; later it fails as `unavailable`. */
  readonly until: number;
  readonly answer: Promise<Answer>;
  /** What the command table asks for; filled before the first decision. */
  facts: Readonly<Record<string, unknown>> = {};
  /** The facts come from Postgres, not from Redis. */
  factsTrue = false;
  /** Claims found taken by earlier attempts: name → holder. They may have been given back meanwhile. */
  taken = NOTHING_TAKEN;
  /** How often its row lost against another. */
  lost = 0;
  /** What is remembered under its id, as stored. */
  remembered: string | null = null;
  #over = false;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: unknown) => void;

  constructor(envelope: Envelope, until: number) {
    this.envelope = envelope;
    this.until = until;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Answered, or failed. */
  get over(): boolean {
    return this.#over;
  }

  settle(answer: Answer): void {
    this.#over = true;
    this.#resolve(answer);
  }

  fail(error: unknown): void {
    this.#over = true;
    this.#reject(error);
  }

  know(fact: string, value: unknown): void {
    if (value !== undefined) this.facts = { ...this.facts, [fact]: value };
  }

  foundTaken(held: ReadonlyMap<string, string>): void {
    this.taken = new Map([...this.taken, ...held]);
  }

  forgetTaken(): void {
    this.taken = NOTHING_TAKEN;
  }
}
