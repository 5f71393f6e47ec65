/**
 * One measurement per content, however many workers want it at once: the first takes a lease, the others wait for what it
 * remembers. A holder that died is followed when its lease is over, one that failed at once.
 *
 * The lease only saves work: if two should measure after all, the first result stays (`keep-measured.sql`).
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENGINE, type Measured } from '../geometry/mesh-facts.ts';
import { type Queryable, statement } from '../log/statement.ts';

interface Taken {
  readonly measured: Measured | null;
  readonly mine: boolean;
}

const take = statement<Taken>(import.meta.url, 'sql/take-measuring');
const renew = statement<object>(import.meta.url, 'sql/renew-measuring');
const end = statement<object>(import.meta.url, 'sql/end-measuring');

export interface MeasureOnceOptions {
  readonly leaseMs: number;
  /** Who waits looks so often, milliseconds. */
  readonly pollMs?: number;
}

const POLL_MS = 250;

export class MeasureOnce {
  readonly #pool: Queryable;
  readonly #leaseMs: number;
  readonly #pollMs: number;

  constructor(pool: Queryable, { leaseMs, pollMs = POLL_MS }: MeasureOnceOptions) {
    this.#pool = pool;
    this.#leaseMs = leaseMs;
    this.#pollMs = pollMs;
  }

  /**
   * What is known of the content, else what `look` finds; it must have remembered that when it resolves. Rejects as `look`
   * does, and when the signal ends the wait.
   */
  async run(sha256: string, signal: AbortSignal, look: () => Promise<Measured>): Promise<Measured> {
    const lease = [sha256, ENGINE, randomUUID()];
    for (;;) {
      const { measured, mine } = await this.#take(lease);
      if (measured !== null) return measured;
      if (mine) return this.#alone(lease, look);
      await sleep(this.#pollMs, undefined, { signal });
    }
  }

  async #take(lease: readonly unknown[]): Promise<Taken> {
    const [taken] = await take.run(this.#pool, [...lease, this.#leaseMs]);
    return taken ?? { measured: null, mine: false };
  }

  async #alone(lease: readonly unknown[], look: () => Promise<Measured>): Promise<Measured> {
    const heartbeat = setInterval(() => {
      // One that is missed is made good by the next; after a third one another may measure too.
      renew.run(this.#pool, [...lease, this.#leaseMs]).catch(() => undefined);
    }, this.#leaseMs / 3);
    try {
      // The former holder may have ended after this lease's statement had looked for its result.
      const { measured } = await this.#take(lease);
      return measured ?? (await look());
    } finally {
      clearInterval(heartbeat);
      await end.run(this.#pool, [...lease]).catch(() => undefined);
    }
  }
}
