/** The worker process: every kind of job with its handler. */
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
import { priceHandler } from './price.ts';

export interface WorkerTools {
  readonly runtime: Runtime;
  readonly models: Models;
  readonly tariffs: TariffBook;
  readonly hashOf: HashOf;
}

const ATTEMPTS = 5;

export function openWorker(core: Core, { runtime, models, tariffs, hashOf }: WorkerTools): Worker {
  const { config, pool } = core;
  const price = priceHandler({
    // The actor is an order: its answers carry the state of one.
    send: (envelope) => runtime.send(envelope) as Promise<Answer<OrderState>>,
    sign: hashOf,
    models,
    tariffs: () => tariffs,
    limits: { memoryMb: config.priceMemoryMb, timeMs: config.priceTimeMs },
    validMs: config.priceValidMs,
  });
  const handlers: Readonly<Record<JobKind, Handler>> = { price };
  return new Worker(new Jobs(pool, { worker: randomUUID(), leaseMs: config.jobLeaseMs }), handlers, {
    slots: config.jobSlots,
    pollMs: config.jobPollMs,
    leaseMs: config.jobLeaseMs,
    attempts: ATTEMPTS,
    backoffMs: slowerAndSlower,
    tell: (event) => tell(core, event),
  });
}

function tell({ log, counters }: Core, { what, job, code, error }: WorkEvent): void {
  counters.count('andon_jobs_total', { what, kind: job?.kind ?? 'none' });
  const fields = { event_type: what, job: job?.id, kind: job?.kind, attempt: job?.attempt, error_code: code, error };
  log[what === 'job_done' ? 'info' : 'warn'](fields, what);
}
