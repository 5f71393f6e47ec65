/**
 * Waiting for news of a feed: all who wait on this node are looked for together, in one statement, EVERY_MS after the
 * last one was answered. No timer per request (but while the node drains); nothing is asked while nobody waits.
 */
import { tooMany } from '../http/fail.ts';
import type { EventPlace } from './event-place.ts';
import type { Waiting } from './event-store.ts';

const EVERY_MS = 250;
/** Of one tenant on one node. */
const MOST_WAITING = 100;

export interface Wait {
  /** When there is news, the time is over, or `end` was called. */
  readonly over: Promise<void>;
  end(): void;
}

interface Waiter extends Waiting {
  /** Clock of performance.now(). */
  readonly until: number;
  readonly resolve: () => void;
}

export interface EventWaitOptions {
  /** Indexes of those who have news. */
  news(waiting: readonly Waiting[]): Promise<readonly number[]>;
  readonly everyMs?: number;
}

export class EventWait {
  readonly #options: EventWaitOptions;
  readonly #waiters = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #closed = false;

  constructor(options: EventWaitOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#waiters.size;
  }

  /** Throws `too_many`. */
  wait(tenant: string, after: EventPlace, ms: number): Wait {
    const own = [...this.#waiters].filter((other) => other.tenant === tenant).length;
    if (own >= MOST_WAITING) throw tooMany(MOST_WAITING, 'too many requests wait for events');
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter: Waiter = { tenant, after, until: performance.now() + ms, resolve };
    if (this.#closed) setTimeout(resolve, Math.min(ms, this.#options.everyMs ?? EVERY_MS));
    else {
      this.#waiters.add(waiter);
      this.#plan();
    }
    return { over: promise, end: () => this.#end(waiter) };
  }

  /** The node drains: everybody is answered now, and whoever still comes here after a moment: nobody spins. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const waiter of this.#waiters) this.#end(waiter);
  }

  #plan(): void {
    if (this.#timer !== undefined || this.#looking || this.#closed || this.#waiters.size === 0) return;
    this.#timer = setTimeout(() => void this.#look(), this.#options.everyMs ?? EVERY_MS);
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#looking = true;
    const waiters = [...this.#waiters];
    // Postgres away: they wait on until their time is over, and are told then.
    const news = waiters.length === 0 ? [] : await this.#options.news(waiters).catch(() => []);
    this.#looking = false;
    const now = performance.now();
    for (const i of news) if (waiters[i] !== undefined) this.#end(waiters[i]);
    for (const waiter of waiters) if (waiter.until <= now) this.#end(waiter);
    this.#plan();
  }

  #end(waiter: Waiter): void {
    this.#waiters.delete(waiter);
    waiter.resolve();
  }
}
