/**
 * Leases of duties by advisory locks in Postgres: for the time without Redis. A lock lives as long as its session, so
 * there is nothing to renew but to see that the session lives; each lease has a session of its own.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { DutyLease, LeaseKeeper } from './duty-lease.ts';

/** Longest wait for an answer, milliseconds. */
const ANSWER_MS = 2_000;

export class AdvisoryLeases implements LeaseKeeper {
  readonly #config: pg.ClientConfig;
  readonly #prefix: string;

  /** `prefix` tells apart what shares a database, as it tells apart keys in Redis. */
  constructor(config: pg.ClientConfig, prefix: string) {
    this.#config = config;
    this.#prefix = prefix;
  }

  async acquire(duty: string): Promise<DutyLease | 'taken' | 'away'> {
    const client = new pg.Client({ ...this.#config, query_timeout: ANSWER_MS });
    client.on('error', () => undefined); // a lost session fails the next question
    const end = (): Promise<void> => Promise.race([client.end().catch(() => undefined), sleep(ANSWER_MS)]);
    const ask = async (sql: string): Promise<boolean> => {
      const { rows } = await client.query<{ held: boolean }>(sql, [this.#number(duty)]);
      return rows[0]?.held === true;
    };
    try {
      await client.connect();
      if (await ask('select pg_try_advisory_lock($1::bigint) as held')) {
        const alive = (): Promise<boolean> => ask('select $1::bigint is not null as held').catch(() => false);
        return { keeper: this, renew: alive, release: end };
      }
      await end();
      return 'taken';
    } catch {
      await end();
      return 'away';
    }
  }

  /** 64 bits of a hash: advisory locks are numbers. */
  #number(duty: string): string {
    return createHash('sha256').update(`${this.#prefix}:${duty}`).digest().readBigInt64BE().toString();
  }
}
