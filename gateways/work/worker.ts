/**
 * The worker process: every kind of job with its handler. Calculations have slots of their own, so that two long ones
 * keep no deadline waiting.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { ingestKind, type JobKind } from '../../actors/jobs.ts';
import type { OrderState } from '../../actors/order/state.ts';
import type { TariffBook } from '../../actors/pricing/book.ts';
import { Topology } from '../../src/amqp/topology.ts';
import type { Core } from '../../src/core.ts';
import { MeasureOnce } from '../../src/files/measure-once.ts';
import type { Models } from '../../src/files/models.ts';
import { measure } from '../../src/geometry/measure.ts';
import type { HashOf } from '../../src/identity/envelope.ts';
import { openPool } from '../../src/log/connect.ts';
import { READ_SETTINGS } from '../../src/log/read.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import type { Log } from '../../src/telemetry/log.ts';
import type { Handler, WorkEvent } from '../../src/work/attempt.ts';
import { HOUSE, Jobs } from '../../src/work/jobs.ts';
import { Pace } from '../../src/work/pace.ts';
import { hearWakeUps } from '../../src/work/wake-ups.ts';
import { slowerAndSlower, Worker } from '../../src/work/worker.ts';
import { ingestHandler } from './ingest.ts';
import { letGoHandler } from './let-go.ts';
import { priceHandler } from './price.ts';
import type { OrderLine } from './tell-order.ts';
import { timerHandler } from './timer.ts';

export interface WorkerTools {
  readonly runtime: Runtime;
  readonly models: Models;
  tariffs(): TariffBook;
  readonly hashOf: HashOf;
}

const JOB_CONNECTIONS = 4;

/** Jobs of a few milliseconds that one worker runs at once. */
const QUICK_SLOTS = 16;

/** Contents that one worker brings to the store at once. */
const INGEST_SLOTS = 2;

export type WorkerProcess = Pick<Worker, 'start' | 'stop'>;

export function openWorker(core: Core, { runtime, models, tariffs, hashOf }: WorkerTools): WorkerProcess {
  const { config, pool, reader, access } = core;
  const line: OrderLine = {
    // The actor is an order: its answers carry the state of one.
    send: (envelope) => runtime.send(envelope) as Promise<Answer<OrderState>>,
    sign: hashOf,
  };
  const alarm = (what: string, sha256: string, model?: string): void =>
    core.log.error({ event_type: what, sha256, model }, 'the content of a model is lost or damaged');
  const price = priceHandler({
    ...line,
    models,
    once: new MeasureOnce(pool, { leaseMs: config.jobLeaseMs }),
    tariffs,
    limits: { memoryMb: config.priceMemoryMb, timeMs: config.priceTimeMs },
    validMs: config.priceValidMs,
    damaged: ({ id, sha256 }) => alarm('model_damaged', sha256, id),
    measure: loggedMeasure(core.log),
  });
  const pace = new Pace(pool, { worker: randomUUID(), kind: 'price' satisfies JobKind, slots: config.jobSlots });
  const quick = {
    timer: timerHandler(line),
    'let-go': letGoHandler({ ...line, claims: (prefix) => reader.claims(prefix) }),
  } satisfies Partial<Record<JobKind, Handler>>;
  const lanes = [
    { handlers: { price: pace.timed(price) }, slots: config.jobSlots, attempts: config.jobAttempts },
    { handlers: quick, slots: QUICK_SLOTS, attempts: config.jobAttempts },
    // As long as the store is away: the content is safe, and nobody could do anything else with it.
    {
      handlers: { [ingestKind(config.spoolNode)]: ingestHandler({ models, alarm }) },
      slots: INGEST_SLOTS,
      attempts: Number.POSITIVE_INFINITY,
    },
  ] satisfies readonly { handlers: Readonly<Record<string, Handler>>; slots: number; attempts: number }[];
  // Of their own: what is claimed and kept must not wait for a heavy question, nor be planned for empty tables.
  const jobPool = openPool({
    ...access,
    name: `${access.name} jobs`,
    max: JOB_CONNECTIONS,
    settings: READ_SETTINGS,
    onError: (error) => core.log.warn({ error }, 'database connection lost'),
  });
  const { house: ofHouse, ...ofPartners } = config.shares;
  const weights = ofHouse === undefined ? ofPartners : { ...ofPartners, [HOUSE]: ofHouse };
  const workers = lanes.map(
    ({ handlers, slots, attempts }) =>
      new Worker(new Jobs(jobPool, { worker: randomUUID(), leaseMs: config.jobLeaseMs, weights }), handlers, {
        slots,
        pollMs: config.jobPollMs,
        leaseMs: config.jobLeaseMs,
        attempts,
        backoffMs: slowerAndSlower(config.jobBackoffMs),
        tell: (event) => tell(core, event),
      }),
  );
  const { broker, log, counters } = core;
  const wakeUps =
    broker &&
    hearWakeUps({
      broker,
      topology: new Topology(config.prefix, config.queues),
      sleepers: lanes.map(({ handlers }, i) => ({ kinds: Object.keys(handlers), wake: () => workers[i]?.wake() })),
      heard: (kind) => counters.count('andon_wake_ups_heard_total', { kind }),
      report: (what, details) => log.warn({ event_type: what, ...details }, what),
    });
  const stop = async (): Promise<void> => {
    wakeUps?.stop();
    pace.stop();
    await Promise.all(workers.map((worker) => worker.stop()));
    await jobPool.end();
  };
  let stopped: Promise<void> | undefined;
  return {
    start() {
      pace.start();
      for (const worker of workers) worker.start();
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** The child itself, and a line of the log for each of its runs: they are what prices cost. */
const loggedMeasure =
  (log: Log): typeof measure =>
  async (path, limits, options) => {
    const started = performance.now();
    const sight = await measure(path, limits, options);
    const { failed, facts } = sight.measured;
    const fields = { ms: Math.round(performance.now() - started), triangles: facts?.triangles, error_code: failed };
    log.info({ event_type: 'model_measured', content: basename(path), ...fields }, 'a model was measured');
    return sight;
  };

/** A deadline that does not matter any more is nothing to worry about. */
const ROUTINE: readonly WorkEvent['what'][] = ['job_done', 'job_obsolete'];

function tell({ log, counters }: Core, { what, job, code, error }: WorkEvent): void {
  counters.count('andon_jobs_total', { what, kind: job?.kind ?? 'none' });
  const fields = { event_type: what, job: job?.id, kind: job?.kind, attempt: job?.attempt, error_code: code, error };
  log[ROUTINE.includes(what) ? 'info' : 'warn'](fields, what);
}
