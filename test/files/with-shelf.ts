/** Models on a database and in a folder of their own, whose store may go away and come back. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { ingestHandler } from '../../gateways/work/ingest.ts';
import { DirectoryStore } from '../../src/files/directory-store.ts';
import type { Models, Upload } from '../../src/files/models.ts';
import { openPool } from '../../src/log/connect.ts';
import { Jobs } from '../../src/work/jobs.ts';
import { Worker } from '../../src/work/worker.ts';
import { lendDatabase } from '../_kit/database.ts';
import type { Fixture } from '../_kit/spec.ts';
import { type ShelfOptions, shelfOf } from './shelf.ts';
import { inPieces } from './sources.ts';
import { withFolder } from './temp-folder.ts';

export interface JobThere {
  readonly kind: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly attempt: number;
}

export interface Shelf {
  readonly dir: string;
  readonly url: string;
  readonly pool: Pool;
  readonly alarms: string[];
  models(options?: ShelfOptions): Models;
  storeAway(): Promise<void>;
  storeBack(): Promise<void>;
  /** A worker that takes this kind of jobs; stopped behind the test. */
  work(kind: string, models: Models): void;
  /** The oldest first. */
  jobs(): Promise<JobThere[]>;
  spooled(): Promise<number>;
}

export const upload = (bytes: Uint8Array, more: Partial<Upload> = {}): Upload => ({
  tenant: 'house',
  owner: 'ann',
  name: 'box.stl',
  source: inPieces(bytes),
  ...more,
});

export const withShelf: Fixture<Shelf> = (lend, title) =>
  withFolder(async (dir) => {
    const database = await lendDatabase();
    const pool = openPool({ url: database.url, name: 'test shelf', max: 8 });
    const [store, elsewhere] = [join(dir, 'store'), join(dir, 'store-away')];
    await new DirectoryStore(store).open();
    const workers: Worker[] = [];
    const alarms: string[] = [];
    const spooled = async (): Promise<number> =>
      Number((await pool.query(`select count(*) from spooled`)).rows[0].count);
    try {
      await lend({
        dir,
        url: database.url,
        pool,
        alarms,
        models: (options) => shelfOf(pool, dir, options),
        storeAway: () => rename(store, elsewhere),
        storeBack: () => rename(elsewhere, store),
        work(kind, models) {
          const handler = ingestHandler({ models, alarm: (what) => alarms.push(what) });
          const worker = new Worker(
            new Jobs(pool, { worker: `${kind}-${workers.length}`, leaseMs: 30_000 }),
            { [kind]: handler },
            {
              slots: 2,
              pollMs: 20,
              leaseMs: 30_000,
              attempts: Number.POSITIVE_INFINITY,
              backoffMs: () => 20,
              tell: () => undefined,
            },
          );
          workers.push(worker);
          worker.start();
        },
        jobs: async () =>
          (await pool.query<JobThere>('select kind, state, outcome, attempt from jobs order by created_at, id')).rows,
        spooled,
      });
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
      await pool.end();
      await database.close();
    }
  }, title);
