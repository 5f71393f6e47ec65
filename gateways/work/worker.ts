/**
 * The worker process: every kind of job with its handler. Calculations have slots of their own, so that two long ones
 * keep no deadline waiting.
 */
import { randomUUID } from 'node:crypto';
import type { JobKind } from '../../actors/jobs.ts';
import type { OrderState } from '../../actors/order/state.ts';
import type { TariffBook } from '../../actors/pricing/book.ts';
import type { Core } from '../../src/core.ts';
import type { Models } from '../../src/files/models.ts';
import type { HashOf } from '../../src/identity/envelope.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import type { Handler, WorkEvent } from '../../src/work/attempt.ts';
import { Jobs } from '../../src/work/jobs.ts';
import { slowerAndSlower, Worker } from '../../src/work/worker.ts';
import { letGoHandler } from './let-go.ts';
import { priceHandler } from './price.ts';
import type { OrderLine } from './tell-order.ts';
import { timerHandler } from './timer.ts';

export interface WorkerTools {
  readonly runtime: Runtime;
  readonly models: Models;
  readonly tariffs: TariffBook;
  readonly hashOf: HashOf;
}

const ATTEMPTS = 5;

/** Jobs of a few milliseconds that one worker runs at once. */
const QUICK_SLOTS = 16;

export type WorkerProcess = Pick<Worker, 'start' | 'stop'>;

export function openWorker(core: Core, { runtime, models, tariffs, hashOf }: WorkerTools): WorkerProcess {
  const { config, pool, reader } = core;
  const line: OrderLine = {
    // The actor is an order: its answers carry the state of one.
    send: (envelope) => runtime.send(envelope) as Promise<Answer<OrderState>>,
    sign: hashOf,
  };
  const price = priceHandler({
    ...line,
    models,
    tariffs: () => tariffs,
    limits: { memoryMb: config.priceMemoryMb, timeMs: config.priceTimeMs },
    validMs: config.priceValidMs,
  });
  const quick = {
    timer: timerHandler(line),
    'let-go': letGoHandler({ ...line, claims: (prefix) => reader.claims(prefix) }),
  };
  const lanes = [
    { handlers: { price }, slots: config.jobSlots },
    { handlers: quick, slots: QUICK_SLOTS },
  ] satisfies readonly { handlers: Partial<Record<JobKind, Handler>>; slots: number }[];
  const workers = lanes.map(
    ({ handlers, slots }) =>
      new Worker(new Jobs(pool, { worker: randomUUID(), leaseMs: config.jobLeaseMs }), handlers, {
        slots,
        pollMs: config.jobPollMs,
        leaseMs: config.jobLeaseMs,
        attempts: ATTEMPTS,
        backoffMs: slowerAndSlower,
        tell: (event) => tell(core, event),
      }),
  );
  return {
    start() {
      for (const worker of workers) worker.start();
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

/** A deadline that does not matter any more is nothing to worry about. */
const ROUTINE: readonly WorkEvent['what'][] = ['job_done', 'job_obsolete'];

function tell({ log, counters }: Core, { what, job, code, error }: WorkEvent): void {
  counters.count('andon_jobs_total', { what, kind: job?.kind ?? 'none' });
  const fields = { event_type: what, job: job?.id, kind: job?.kind, attempt: job?.attempt, error_code: code, error };
  log[ROUTINE.includes(what) ? 'info' : 'warn'](fields, what);
}
