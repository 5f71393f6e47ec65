/** Three nodes with the real actors, and workers as the product runs them, on short times. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTariffs } from '../../gateways/work/tariffs.ts';
import { openWorker, type WorkerProcess } from '../../gateways/work/worker.ts';
import type { Models } from '../../src/files/models.ts';
import type { Issuer } from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import type { Fixture } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { shelfOf } from '../files/shelf.ts';
import { BUYER, type NodeHere, PRICED, type Works, withWorks } from '../runtime/works.ts';

export interface TimerRow {
  readonly id: string;
  readonly kind: string;
  readonly payload: { readonly name?: string; readonly version?: number };
  readonly state: string;
  readonly outcome: string | null;
  readonly attempt: number;
  /** Milliseconds from its making to its due time. */
  readonly ahead: number;
}

export interface Deadlines {
  readonly works: Works;
  /** A worker of this node; stopped behind the test. `stat` in place of a look for models, of which there are none. */
  work(node?: NodeHere, stat?: Models['stat']): WorkerProcess;
  /** Timers of this order and let-go jobs of this operator, the oldest first. */
  timers(actor: string): Promise<TimerRow[]>;
  /** Until the order's newest event is of this type. */
  happened(actor: string, type: string): Promise<void>;
  /** An order that this operator holds, at epoch 1. */
  captured(by: Issuer): Promise<string>;
  /** A price is there and holds for so long. */
  priced(actor: string, validMs: number): Promise<void>;
}

const tariffs = await readTariffs(join(import.meta.dirname, '../../tariffs'));

export const withDeadlines =
  (settings: Readonly<Record<string, string>>): Fixture<Deadlines> =>
  (lend, title) =>
    withWorks({ settings: { ANDON_JOB_POLL_MS: '20', ...settings } })(async (works) => {
      const workers: WorkerProcess[] = [];
      try {
        await lend(deadlines(works, workers));
      } finally {
        await Promise.all(workers.map((worker) => worker.stop()));
      }
    }, title);

function deadlines(works: Works, workers: WorkerProcess[]): Deadlines {
  return {
    works,
    work({ core, runtime } = works.anyNode, stat?: Models['stat']) {
      const models = shelfOf(core.pool, join(tmpdir(), 'andon-no-models'));
      if (stat !== undefined) models.stat = stat;
      const hashOf = (envelope: Parameters<typeof commandHash>[1]) => commandHash(core.config.secret, envelope);
      const worker = openWorker(core, { runtime, models, tariffs: () => tariffs, hashOf });
      workers.push(worker);
      worker.start();
      return worker;
    },
    async timers(actor) {
      const { rows } = await works.sight.query<TimerRow>(
        `SELECT id, kind, payload, state, outcome, attempt, extract(epoch FROM due - created_at)::float * 1000 AS ahead
         FROM jobs WHERE actor_id = $1 AND kind <> 'price' ORDER BY created_at, id`,
        [actor],
      );
      return rows;
    },
    async happened(actor, type) {
      await until(`${type} of ${actor}`, async () => {
        const { rows } = await works.sight.query<{ type: string }>(
          `SELECT events -> -1 ->> 'type' AS type FROM actor_log
           WHERE kind = 'order' AND actor_id = $1 ORDER BY version DESC LIMIT 1`,
          [actor],
        );
        return rows[0]?.type === type;
      });
    },
    async captured(by) {
      const actor = await works.approved();
      await works.must(works.order(actor, by, { type: 'capture', epoch: 0 }));
      return actor;
    },
    async priced(actor, validMs) {
      const system = { role: 'system', roles: ['system'], id: 'test', tenant: 'system' };
      await works.must(works.order(actor, BUYER, { type: 'submit' }));
      await works.must(works.order(actor, system, { ...PRICED, validMs }));
    },
  };
}
