/** A fresh database with jobs in it, and workers upon it. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { openPool } from '../../src/log/connect.ts';
import type { Handler, WorkEvent } from '../../src/work/attempt.ts';
import { Jobs, type JobsOptions } from '../../src/work/jobs.ts';
import { Worker, type WorkerOptions } from '../../src/work/worker.ts';
import { lendDatabase } from '../_kit/database.ts';
import type { Fixture } from '../_kit/spec.ts';

export interface JobRow {
  readonly id: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly drive: number;
  readonly attempt: number;
  readonly worker: string | null;
}

export interface WithJobs {
  readonly url: string;
  /** As the owner of the tables. */
  readonly adminUrl: string;
  readonly pool: Pool;
  /** Puts jobs in; answers their ids. */
  add(
    count?: number,
    columns?: { kind?: string; due?: string; payload?: unknown; share?: string | null },
  ): Promise<string[]>;
  rows(): Promise<JobRow[]>;
  jobs(worker?: string, leaseMs?: number, options?: Pick<JobsOptions, 'weights' | 'ageingMs'>): Jobs;
  /** Started; stopped behind the test. */
  worker(
    handler: Handler,
    options?: Partial<WorkerOptions> & { jobs?: Jobs },
  ): Worker & { readonly events: WorkEvent[] };
}

export const withJobs: Fixture<WithJobs> = async (lend) => {
  const database = await lendDatabase();
  const pool = openPool({ url: database.url, name: 'test jobs', max: 8 });
  const workers: Worker[] = [];
  const jobs: WithJobs['jobs'] = (worker = randomUUID(), leaseMs = 30_000, options = {}) =>
    new Jobs(pool, { worker, leaseMs, ...options });
  try {
    await lend({
      url: database.url,
      adminUrl: database.adminUrl,
      pool,
      jobs,
      async add(count = 1, { kind = 'test', due = new Date().toISOString(), payload = null, share = null } = {}) {
        const ids = Array.from({ length: count }, () => randomUUID());
        await pool.query(
          `insert into jobs (id, kind, actor_id, payload, due, share)
           select id, $2, gen_random_uuid(), $4, $3, $5 from unnest($1::uuid[]) as id`,
          [ids, kind, due, JSON.stringify(payload), share],
        );
        return ids;
      },
      rows: async () =>
        (
          await pool.query<JobRow>(
            'select id, state, outcome, message, drive, attempt, worker from jobs order by created_at, id',
          )
        ).rows,
      worker(handler, { jobs: own, ...options } = {}) {
        const events: WorkEvent[] = [];
        const leaseMs = options.leaseMs ?? 30_000;
        const worker = new Worker(
          own ?? jobs(undefined, leaseMs),
          { test: handler },
          {
            slots: 2,
            pollMs: 20,
            leaseMs,
            attempts: 3,
            backoffMs: () => 10,
            tell: (event) => events.push(event),
            ...options,
          },
        );
        workers.push(worker);
        worker.start();
        return Object.assign(worker, { events });
      },
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await pool.end();
    await database.close();
  }
};
