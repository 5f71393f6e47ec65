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

/** As `/readyz` says it. */
export interface Readiness {
  readonly ready: boolean;
  readonly degraded: readonly string[];
}

export function readinessOf({ starting, draining, postgres, redis, degraded }: HealthReport): Readiness {
  const reasons = [
    ...(starting ? ['starting'] : []),
    ...(draining ? ['draining'] : []),
    ...(postgres ? [] : ['postgres']),
    ...(redis ? [] : ['redis']),
    ...degraded,
  ];
  return { ready: !starting && !draining && (postgres || redis), degraded: reasons };
}

interface Connected {
  readonly connected: boolean;
}

export interface HealthOptions {
  readonly pool: Pool;
  readonly redis: Redis;
  /** undefined where none is configured. */
  readonly broker: Connected | undefined;
  /** What else works only in part, beside servers that are away. */
  degraded(): readonly string[];
}

/** A server that does not answer within this is away, milliseconds. */
const PROBE_MS = 1_000;
/** One probe serves all who ask within this, milliseconds. */
const FRESH_MS = 500;
/** How Redis is set up does not change often, milliseconds. */
const SET_UP_MS = 60_000;

export class Health {
  readonly #pool: Pool;
  readonly #redis: Redis;
  readonly #broker: Connected | undefined;
  readonly #degraded: () => readonly string[];
  #probed: { readonly at: number; readonly servers: Promise<readonly [boolean, boolean]> } | undefined;
  #setUp: { readonly at: number; readonly evicts: boolean } | undefined;
  starting = true;
  draining = false;

  constructor({ pool, redis, broker, degraded }: HealthOptions) {
    this.#pool = pool;
    this.#redis = redis;
    this.#broker = broker;
    this.#degraded = degraded;
  }

  async report(): Promise<HealthReport> {
    const now = performance.now();
    if (this.#probed === undefined || now - this.#probed.at > FRESH_MS) {
      this.#probed = { at: now, servers: Promise.all([this.#postgres(), this.#redisAnswers()]) };
    }
    const [postgres, redis] = await this.#probed.servers;
    const broker = this.#broker !== undefined && !this.#broker.connected ? ['rabbitmq'] : [];
    const evicts = redis && (await this.#redisEvicts(now)) ? ['redis_evicts'] : [];
    const degraded = [...broker, ...evicts, ...this.#degraded()];
    return { starting: this.starting, draining: this.draining, postgres, redis, degraded };
  }

  /**
   * Boards must not lose single keys: only what has a time of life may be evicted, else nothing. A server that does not say
   * how it is set up is believed to be right.
   */
  async #redisEvicts(now: number): Promise<boolean> {
    if (this.#setUp === undefined || now - this.#setUp.at > SET_UP_MS) {
      const info = await this.#redis.call('INFO', ['memory'], { limitMs: PROBE_MS }).catch(() => '');
      this.#setUp = { at: now, evicts: /^maxmemory_policy:allkeys/m.test(String(info)) };
    }
    return this.#setUp.evicts;
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
