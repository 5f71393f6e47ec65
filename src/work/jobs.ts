/**
 * Jobs as rows, one statement per operation.
 *
 * Invariants: a job is run by who claimed it last, and only while its lease lasts; every change names worker and
 * attempt, so a worker that was thought dead can't touch what another has taken over.
 */
import type { Pool } from 'pg';
import { statement } from '../log/statement.ts';

export interface Job {
  readonly id: string;
  readonly kind: string;
  /** The actor that asked for the work. */
  readonly actor: string;
  readonly payload: unknown;
  /** 1 = the first. */
  readonly attempt: number;
  /** How often a person started it anew. */
  readonly drive: number;
  readonly share: string | null;
  /** W3C traceparent of the command that made it. */
  readonly trace: string | null;
}

interface Row extends Omit<Job, 'actor'> {
  readonly actor_id: string;
}

interface Id {
  readonly id: string;
}

const claim = statement<Row>(import.meta.url, 'sql/claim');
const heartbeat = statement<Id>(import.meta.url, 'sql/heartbeat');
const finish = statement<Id>(import.meta.url, 'sql/finish');
const retry = statement<Id>(import.meta.url, 'sql/retry');
const bury = statement<Id>(import.meta.url, 'sql/bury');

export interface JobsOptions {
  /** Unique per process. */
  readonly worker: string;
  readonly leaseMs: number;
}

export class Jobs {
  readonly #pool: Pool;
  readonly #worker: string;
  readonly #leaseMs: number;

  constructor(pool: Pool, { worker, leaseMs }: JobsOptions) {
    this.#pool = pool;
    this.#worker = worker;
    this.#leaseMs = leaseMs;
  }

  async claim(kinds: readonly string[], most: number): Promise<Job[]> {
    const rows = await claim.run(this.#pool, [kinds, most, this.#worker, this.#leaseMs]);
    return rows.map(({ actor_id: actor, ...row }) => ({ ...row, actor }));
  }

  /** These answer whether the job was still this attempt's. */
  heartbeat(job: Job): Promise<boolean> {
    return this.#mine(heartbeat.run(this.#pool, [...this.#attempt(job), this.#leaseMs]));
  }

  finish(job: Job, state: 'done' | 'obsolete', outcome?: string): Promise<boolean> {
    return this.#mine(finish.run(this.#pool, [...this.#attempt(job), state, outcome ?? null]));
  }

  retry(job: Job, afterMs: number, outcome: string): Promise<boolean> {
    return this.#mine(retry.run(this.#pool, [...this.#attempt(job), outcome, afterMs, 0]));
  }

  /** At once and uncounted: the worker stops, nothing is wrong with the job. */
  giveBack(job: Job): Promise<boolean> {
    return this.#mine(retry.run(this.#pool, [...this.#attempt(job), null, 0, 1]));
  }

  bury(job: Job, outcome: string): Promise<boolean> {
    return this.#mine(bury.run(this.#pool, [...this.#attempt(job), outcome]));
  }

  #attempt({ id, attempt }: Job): unknown[] {
    return [id, this.#worker, attempt];
  }

  async #mine(answer: Promise<readonly Id[]>): Promise<boolean> {
    return (await answer).length > 0;
  }
}
