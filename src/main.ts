/**
 * Entry of every process: `node src/main.ts web | worker | keeper`, or `admin <request as JSON>` for the launcher.
 * The one place where the machine (`src`), the business (`actors`) and the edges (`gateways`) are put together.
 */
import { randomUUID } from 'node:crypto';
import type { JOB_KINDS } from '../actors/jobs.ts';
import { operator } from '../actors/operator/operator.ts';
import type { OperatorState } from '../actors/operator/state.ts';
import { slotPrefix } from '../actors/order/claims.ts';
import type { OrderFacts } from '../actors/order/facts.ts';
import { order } from '../actors/order/order.ts';
import type { TariffBook } from '../actors/pricing/book.ts';
import { type AdminRequest, admin } from '../gateways/ops/admin.ts';
import { priceHandler } from '../gateways/work/price.ts';
import { readTariffs } from '../gateways/work/tariffs.ts';
import { type Config, readConfig } from './config.ts';
import { type Core, openCore } from './core.ts';
import { AndonError, codeOf } from './errors.ts';
import { ContentStore } from './files/content-store.ts';
import { modelFacts } from './files/model-fact.ts';
import { Models } from './files/models.ts';
import type { Answer, Envelope } from './runtime/actor.ts';
import { commandHash } from './runtime/command-hash.ts';
import type { FactProviders } from './runtime/facts.ts';
import type { Runtime } from './runtime/runtime.ts';
import { Counters } from './telemetry/counters.ts';
import { makeLog } from './telemetry/log.ts';
import { Jobs } from './work/jobs.ts';
import { slowerAndSlower, Worker } from './work/worker.ts';

/** What the business needs of the machine, the same in every process. */
interface House {
  readonly runtime: Runtime;
  readonly tariffs: TariffBook;
  readonly models: Models;
  hashOf(envelope: Omit<Envelope, 'hash'>): string;
}

async function openHouse(core: Core): Promise<House> {
  const { config, pool } = core;
  const tariffs = await readTariffs(config.tariffsDir);
  const store = new ContentStore(config.filesDir);
  const models = new Models(pool, store, { modelBytes: config.uploadBytes, ownerBytes: config.ownerBytes });
  const facts = {
    operator: {
      kind: operator.kind,
      claimPrefix: slotPrefix,
      shape: (state: unknown, slots: readonly number[]) =>
        ({ state: state as OperatorState, slots }) satisfies OrderFacts['operator'],
    },
    number: async () => {
      const { rows } = await pool.query<{ n: string }>(`SELECT nextval('order_number') AS n`);
      return rows[0]?.n;
    },
    model: modelFacts(models),
    tariffs: async () => tariffs,
    times: async () => ({ cancelMs: config.cancelMs }) satisfies OrderFacts['times'],
  } satisfies FactProviders & Record<keyof OrderFacts, unknown>;
  return {
    runtime: core.runtime([order, operator], facts),
    tariffs,
    models,
    hashOf: (envelope) => commandHash(config.secret, envelope),
  };
}

/** A running process: `stop` lets what runs finish and gives back what can't. */
interface Running {
  stop(): Promise<void>;
}

async function worker(core: Core): Promise<Running> {
  const { config, log, pool } = core;
  const { runtime, tariffs, models, hashOf } = await openHouse(core);
  const price = priceHandler({
    send: (envelope) => runtime.send(envelope) as Promise<Answer<never>>,
    sign: hashOf,
    models,
    tariffs: () => tariffs,
    limits: { memoryMb: config.priceMemoryMb, timeMs: config.priceTimeMs },
    validMs: config.priceValidMs,
  });
  const jobs = new Jobs(pool, { worker: randomUUID(), leaseMs: config.jobLeaseMs });
  const running = new Worker(jobs, { price } satisfies Record<(typeof JOB_KINDS)[number], unknown>, {
    slots: config.jobSlots,
    pollMs: config.jobPollMs,
    leaseMs: config.jobLeaseMs,
    attempts: 5,
    backoffMs: slowerAndSlower,
    tell: ({ what, job, code, error }) => {
      core.counters.count('andon_jobs_total', { what, kind: job?.kind ?? '' });
      const level = what === 'job_done' ? 'info' : 'warn';
      log[level](
        { event_type: what, job: job?.id, kind: job?.kind, attempt: job?.attempt, error_code: code, error },
        what,
      );
    },
  });
  running.start();
  return { stop: () => running.stop() };
}

const PROCESSES: Readonly<Record<string, (core: Core) => Promise<Running>>> = { worker };

/** Settings first: what is wrong with them is said in one message, and nothing was opened. */
function configured(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

async function main(type: string, argument: string | undefined): Promise<void> {
  const config = configured();
  const log = makeLog(type, type === 'admin' ? 'error' : config.logLevel);
  const core = await openCore(config, type, log, new Counters());
  if (type === 'admin') {
    const { runtime, tariffs, hashOf } = await openHouse(core);
    const tools = { pool: core.pool, sites: tariffs.map(({ site }) => site), hashOf };
    const request = JSON.parse(argument ?? '{}') as AdminRequest;
    console.log(JSON.stringify(await admin({ ...tools, send: (envelope) => runtime.send(envelope) }, request)));
    await core.close();
    return;
  }
  const start = PROCESSES[type];
  if (start === undefined) throw new AndonError('invalid', `${type} is no process: web, worker, keeper or admin`);
  const running = await start(core);
  log.info({ event_type: 'started', pid: process.pid }, `${type} runs`);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // What hangs is left to the log and to the leases: both survive us.
    setTimeout(() => process.exit(1), config.drainMs * 2).unref();
    await running.stop();
    await core.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

try {
  await main(process.argv[2] ?? '', process.argv[3]);
} catch (error) {
  console.error(`${codeOf(error)}: ${(error as Error).message}`);
  process.exit(1);
}
