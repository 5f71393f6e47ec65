import type { Answer, Envelope } from './actor.ts';

/** A command in a mailbox, until it is answered. */
export interface Pending {
  readonly envelope: Envelope;
  /** Milliseconds since 1970; later it fails as `unavailable`. */
  readonly until: number;
  /** Claims found taken by earlier attempts: name → holder. */
  readonly taken: Map<string, string>;
  /** What the command table asks for; filled before the first decision. */
  facts: Record<string, unknown>;
  /** The facts come from Postgres, not from Redis: a refusal that rests on them stands. */
  factsTrue: boolean;
  /** How often its row lost against another. */
  lost: number;
  /** A refusal remembered under its id, as stored. */
  remembered: string | null;
  settle(answer: Answer): void;
  fail(error: unknown): void;
}

export function pend(envelope: Envelope, until: number): { pending: Pending; answer: Promise<Answer> } {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const pending: Pending = {
    envelope,
    until,
    taken: new Map(),
    facts: {},
    factsTrue: false,
    lost: 0,
    remembered: null,
    settle: resolve,
    fail: reject,
  };
  return { pending, answer: promise };
}
