/**
 * A server that is away is told by everything that needs it, many times a second. Its lines are short (where in our code
 * it was noticed says nothing), and of the same kind one is written at once and then one every EVERY_MS, with how many
 * were left out. Bugs are never short and never left out.
 */
import { AndonError, codeOf } from '../errors.ts';

const EVERY_MS = 5_000;
/** Kinds are few: what is reported times what may be away. */
const MOST_KINDS = 500;

const NETWORK = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'];
/** Connection exceptions and shutdowns, as Postgres calls them. */
const POSTGRES = /^(08|57P)/;
/** pg gives these no code. */
const LOST = /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout)/;

const isLost = (error: Error): boolean => {
  const code = codeOf(error);
  return NETWORK.includes(code) || POSTGRES.test(code) || (code === 'internal' && LOST.test(error.message));
};

/** In one line, with its causes; undefined: it is none. */
export function outageOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const away = error instanceof AndonError ? error.retry !== 'never' : isLost(error);
  if (!away) return undefined;
  const words: string[] = [];
  for (let one: unknown = error; one !== undefined && words.length < 4; one = (one as Error).cause) {
    if (!(one instanceof Error)) {
      if (typeof one === 'string') words.push(one);
      break;
    }
    // What is behind it may be a bug: then all of it is shown.
    if (one !== error && !(one instanceof AndonError) && !isLost(one) && 'severity' in one) return undefined;
    words.push(one.message);
  }
  return words.join(': ');
}

export class Repeats {
  readonly #now: () => number;
  readonly #kinds = new Map<string, { until: number; left: number }>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** How many of this kind were left out since the last one; undefined: leave this one out too. */
  admit(kind: string): number | undefined {
    const now = this.#now();
    const known = this.#kinds.get(kind);
    if (known !== undefined && now < known.until) {
      known.left += 1;
      return undefined;
    }
    if (known === undefined && this.#kinds.size >= MOST_KINDS) this.#kinds.clear();
    this.#kinds.set(kind, { until: now + EVERY_MS, left: 0 });
    return known?.left ?? 0;
  }
}
