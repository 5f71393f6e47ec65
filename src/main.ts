/**
 * Entry of every process: `node src/main.ts web | worker | keeper`, or `admin <request as JSON>` for the launcher.
 * Here and in `src/main/` alone the machine (`src`), the business (`actors`) and the edges (`gateways`) are put together.
 */
import { type Config, readConfig } from './config.ts';
import { type Core, openCore } from './core.ts';
import { AndonError, codeOf } from './errors.ts';
import { openOpsServer } from './http/ops-server.ts';
import { checkOrigin, originOf } from './log/origin.ts';
import { answerAdmin } from './main/admin.ts';
import { keeper, worker } from './main/background.ts';
import type { Running } from './main/running.ts';
import { web } from './main/web.ts';
import { longestStopMs } from './stop-time.ts';
import { Counters } from './telemetry/counters.ts';
import { makeLog } from './telemetry/log.ts';
import { processFigures } from './telemetry/process-figures.ts';
import { VERSION } from './version.ts';

const PROCESSES: Readonly<Record<string, (core: Core) => Promise<Running>>> = { web, worker, keeper };

/** Nobody waits in a queue behind a command of the launcher: for it a slow Redis is none that is away. */
const PATIENT_MS = 2_000;

/** Settings first: what is wrong with them is said in one message, and nothing was opened. */
function configured(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

/** A copy of another database is adopted first. Postgres away: who copies it while it is away, adopts it too. */
async function refuseForeignLog({ pool }: Core): Promise<void> {
  const found = await originOf(pool).catch(() => undefined);
  if (found !== undefined) checkOrigin(found);
}

async function main(type: string, argument: string | undefined): Promise<void> {
  const given = configured();
  // The launcher's questions need no broker.
  const config =
    type === 'admin' ? { ...given, amqpUrl: '', redisTimeoutMs: Math.max(given.redisTimeoutMs, PATIENT_MS) } : given;
  const counters = new Counters();
  const log = makeLog(type, config.logLevel, counters);
  const core = await openCore(config, type, log, counters);
  if (type === 'admin') {
    const answer = await answerAdmin(core, argument ?? '{}');
    await core.close();
    console.log(JSON.stringify(answer)); // the last line, after all that the log says
    return;
  }
  const start = PROCESSES[type];
  if (start === undefined) throw new AndonError('invalid', `${type} is no process: web, worker, keeper or admin`);
  await refuseForeignLog(core);
  const running = await start(core);
  processFigures(type, VERSION, counters);
  const { opsHost: host, opsPort: port } = config;
  const ops =
    port === 0
      ? undefined
      : await openOpsServer({
          host,
          port,
          health: () => running.health.report(),
          metrics: async () => counters.text(),
        });
  log.info({ event_type: 'started', pid: process.pid }, `${type} runs`);

  let stopping = false;
  const stop = async (everything: boolean): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // What hangs is left to the log and to the leases: both survive us.
    setTimeout(() => process.exit(1), longestStopMs(type, config)).unref();
    await running.stop(everything);
    ops?.close();
    await core.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop(false));
  // Control-C, and the launcher, which stops all or nothing.
  process.on('SIGINT', () => void stop(true));
  if (process.connected) process.send?.('running'); // the launcher waits for this word
}

try {
  await main(process.argv[2] ?? '', process.argv[3]);
} catch (error) {
  console.error(`${codeOf(error)}: ${(error as Error).message}`);
  process.exit(1);
}
