/**
 * Jobs as rows, one statement per operation.
 *
 * Invariants: a job is run by who claimed it last, and only while its lease lasts; every change names worker and
 * attempt, so a worker that was thought dead can't touch what another has taken over.
 */
import { type Queryable, statement } from '../log/statement.ts';

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
  /** The attempt before lost its lease: its worker died, maybe of this job. */
  readonly lost?: boolean;
}

/** Why an attempt failed: a code, and words for people that tell no secrets. */
export interface Cause {
  readonly code: string;
  readonly message: string | null;
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
const charge = statement<{ readonly share: string }>(import.meta.url, 'sql/charge');
const bury = statement<Id>(import.meta.url, 'sql/bury');

/** Who has work and gets no turn for so long comes one turn sooner, milliseconds. */
const AGEING_MS = 60_000;

/** Work shorter than this counts as one millisecond: most jobs are so, and it saves them a statement. */
const MOMENT_MS = 20;

/** The share of what counts against no partner. */
export const HOUSE = '';

/** Weight of a share where it is not 1. */
export type Weights = Readonly<Record<string, number>>;

export interface JobsOptions {
  /** Unique per process. */
  readonly worker: string;
  readonly leaseMs: number;
  readonly weights?: Weights;
  readonly ageingMs?: number;
}

export class Jobs {
  readonly #pool: Queryable;
  readonly #worker: string;
  readonly #leaseMs: number;
  readonly #weights: string;
  readonly #ageingMs: number;

  constructor(pool: Queryable, { worker, leaseMs, weights = {}, ageingMs = AGEING_MS }: JobsOptions) {
    this.#pool = pool;
    this.#worker = worker;
    this.#leaseMs = leaseMs;
    this.#weights = JSON.stringify(weights);
    this.#ageingMs = ageingMs;
  }

  /** `mostLost`: of them, so many that lost their lease. */
  async claim(kinds: readonly string[], most: number, mostLost = 1): Promise<Job[]> {
    const asked = [kinds, most, this.#worker, this.#leaseMs, mostLost, this.#ageingMs, this.#weights];
    const rows = await claim.run(this.#pool, asked);
    return rows.map(({ actor_id: actor, ...row }) => ({ ...row, actor }));
  }

  /** After an attempt at a job of these kinds, however it went. Moments are counted by the claim. */
  async charge(kinds: readonly string[], job: Job, ms: number): Promise<void> {
    if (ms >= MOMENT_MS) await charge.run(this.#pool, [kinds, job.share ?? HOUSE, ms]);
  }

  /** These answer whether the job was still this attempt's. */
  heartbeat(job: Job): Promise<boolean> {
    return this.#mine(heartbeat.run(this.#pool, [...this.#attempt(job), this.#leaseMs]));
  }

  finish(job: Job, state: 'done' | 'obsolete', outcome?: string): Promise<boolean> {
    return this.#mine(finish.run(this.#pool, [...this.#attempt(job), state, outcome ?? null]));
  }

  retry(job: Job, afterMs: number, { code, message }: Cause): Promise<boolean> {
    return this.#mine(retry.run(this.#pool, [...this.#attempt(job), code, message, afterMs, 0]));
  }

  /** At once and uncounted: the worker stops, nothing is wrong with the job. */
  giveBack(job: Job): Promise<boolean> {
    return this.#mine(retry.run(this.#pool, [...this.#attempt(job), null, null, 0, 1]));
  }

  bury(job: Job, { code, message }: Cause): Promise<boolean> {
    return this.#mine(bury.run(this.#pool, [...this.#attempt(job), code, message]));
  }

  #attempt({ id, attempt }: Job): unknown[] {
    return [id, this.#worker, attempt];
  }

  async #mine(answer: Promise<readonly Id[]>): Promise<boolean> {
    return (await answer).length > 0;
  }
}
