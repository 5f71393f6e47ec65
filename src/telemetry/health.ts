/** Whether this process may be sent work: what it knows of its servers, and whether it is about to stop. */
import type { Pool } from 'pg';
import type { Redis } from '../hot/redis.ts';

export interface HealthReport {
  readonly starting: boolean;
  readonly draining: boolean;
  readonly postgres: boolean;
  readonly redis: boolean;
  readonly degraded: readonly string[];
}

/** A server that does not answer within this is away, milliseconds. */
const PROBE_MS = 1_000;
/** One probe serves all who ask within this, milliseconds. */
const FRESH_MS = 500;

export class Health {
  readonly #pool: Pool;
  readonly #redis: Redis;
  #probed: { readonly at: number; readonly servers: Promise<readonly [boolean, boolean]> } | undefined;
  starting = true;
  draining = false;

  constructor(pool: Pool, redis: Redis) {
    this.#pool = pool;
    this.#redis = redis;
  }

  async report(): Promise<HealthReport> {
    const now = performance.now();
    if (this.#probed === undefined || now - this.#probed.at > FRESH_MS) {
      this.#probed = { at: now, servers: Promise.all([this.#postgres(), this.#redisAnswers()]) };
    }
    const [postgres, redis] = await this.#probed.servers;
    return { starting: this.starting, draining: this.draining, postgres, redis, degraded: [] };
  }

  #postgres(): Promise<boolean> {
    return within(this.#pool.query('SELECT 1'));
  }

  #redisAnswers(): Promise<boolean> {
    return within(this.#redis.call('PING', [], { limitMs: PROBE_MS }));
  }
}

async function within(probe: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), PROBE_MS);
  const answered = probe.then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
