/**
 * What `up` does, in order: stores, migrations, first users, pages, processes, ready; the broker beside them. A start that
 * fails or is stopped half-way leaves nothing running. Time to ready is mostly the stores' and the processes' own.
 */
import { readConfig } from '../config.ts';
import { AndonError } from '../errors.ts';
import { settleOrigin } from '../log/origin.ts';
import { longestStopMs } from '../stop-time.ts';
import { askAdmin, usersIn } from './admin.ts';
import { checkPorts, nodePorts, privatePorts } from './bind.ts';
import { lookAtBroker, NO_BROKER } from './broker.ts';
import { Crew } from './crew.ts';
import { demoSettings, settleDemo } from './demo.ts';
import { type Fleet, fleetInWords } from './fleet.ts';
import { installServers, type ServerName } from './install.ts';
import { addLogins, setLoginsAside } from './logins.ts';
import { asOwner } from './owner.ts';
import { buildPages } from './pages.ts';
import type { Place } from './place.ts';
import { demoProcess, nginx, ownProcess } from './programs.ts';
import { untilFound, untilReady } from './readiness.ts';
import { readSecrets, type Secrets } from './secrets.ts';
import { type Env, given, processEnv, type Stores, sharedSettings } from './settings.ts';
import { sitesOf } from './sites.ts';
import { startStores } from './stores.ts';

export interface StartOptions {
  readonly place: Place;
  readonly fleet: Fleet;
  readonly env: Env;
  readonly say: (line: string) => void;
  /** Aborted: the start is given up. */
  readonly stop: AbortSignal;
}

/** Processes have this long to be ready, milliseconds. */
const READY_MS = 60_000;
/** Processes look for a broker that was away about every second. */
const FOUND_MS = 5_000;
/** A process gives up on what still runs by itself; then a moment more. */
const MORE_MS = 1_000;

const abortOf = (stop: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const give = (): void => reject(new AndonError('stopped', 'stopped while starting', { expose: true }));
    if (stop.aborted) give();
    stop.addEventListener('abort', give, { once: true });
  });

/** Resolves when everything is ready. After a failure nothing runs. */
export async function startAndon(options: StartOptions): Promise<Crew> {
  const { place, fleet, say, stop } = options;
  await checkPorts(place, fleet.nodes);
  const secrets = readSecrets(place);
  checkSettings(options, secrets);
  const crew = new Crew(place, fleet, say);
  try {
    const needed = await installServers(place, neededServers(options), say, stop);
    await Promise.race([startAll(crew, secrets, needed, options), crew.diedEarly, abortOf(stop)]);
    crew.ready();
    return crew;
  } catch (error) {
    await crew.stop();
    throw error;
  }
}

const settingsWith = (
  { place, fleet, env }: StartOptions,
  secrets: Secrets,
  stores: Stores,
): Record<string, string> => ({
  ...sharedSettings(place, secrets, stores, nodePorts(place, fleet.nodes), env),
  ...demoSettings(fleet, env),
});

/** A wrong setting is told before anything is started. */
function checkSettings(options: StartOptions, secrets: Secrets): void {
  const stores = {
    databaseUrl: given(options.env, 'DATABASE_URL') ?? '',
    redisUrl: given(options.env, 'REDIS_URL') ?? '',
    amqpUrl: given(options.env, 'AMQP_URL') ?? NO_BROKER,
  };
  readConfig(processEnv(options.env, settingsWith(options, secrets, stores)));
}

async function startAll(
  crew: Crew,
  secrets: Secrets,
  needed: readonly ServerName[],
  options: StartOptions,
): Promise<void> {
  const { place, env, say, stop } = options;
  const redisUrl = given(env, 'REDIS_URL');
  if (redisUrl !== undefined) await (await import('./look-at-redis.ts')).lookAtRedis(redisUrl, say);
  const { stores, adminUrl, broker } = await startStores(crew, secrets, needed, options);
  const settings = settingsWith(options, secrets, stores);
  crew.settings = settings;

  const { bringUpToDate } = await import('./database.ts');
  await bringUpToDate(place, { url: stores.databaseUrl, adminUrl }, say);
  await asOwner(adminUrl, 'andon-up', settleOrigin);
  stop.throwIfAborted();

  const [site = ''] = sitesOf(settings['ANDON_TARIFFS'] ?? '');
  const users = await askAdmin(place, settings, env, { do: 'first-users', site }, usersIn, stop);
  if (users.length > 0) setLoginsAside(place);
  await addLogins(place, place.url, users);
  await settleDemo(options, settings);
  if (given(env, 'ANDON_PAGES') === undefined) await buildPages(place, say, stop);
  stop.throwIfAborted();
  const asked = await startProcesses(crew, secrets, settings, options);
  if (await broker?.started) await untilFound('rabbitmq', asked, FOUND_MS, stop);
  const amqpUrl = given(env, 'AMQP_URL') ?? NO_BROKER;
  if (amqpUrl !== NO_BROKER) await lookAtBroker(amqpUrl, say);
  if (options.fleet.demo === 'all') await crew.addProcess(demoProcess(place, settings));
}

const nodeUrls = ({ place, fleet: { nodes } }: StartOptions): string[] =>
  nodes === 1 ? [place.url] : nodePorts(place, nodes).map((port) => `http://127.0.0.1:${port}`);

function neededServers({ env, fleet }: StartOptions): ServerName[] {
  const needed: ServerName[] = [];
  if (given(env, 'DATABASE_URL') === undefined) needed.push('postgres');
  if (given(env, 'REDIS_URL') === undefined) needed.push('redis');
  if (given(env, 'AMQP_URL') === undefined) needed.push('rabbitmq');
  if (fleet.nodes > 1) needed.push('nginx');
  return needed;
}

/** Resolves with where each of them says how it is, when all are ready. */
async function startProcesses(
  crew: Crew,
  secrets: Secrets,
  settings: Readonly<Record<string, string>>,
  options: StartOptions,
): Promise<readonly string[]> {
  const { place, fleet, env, say, stop } = options;
  const config = readConfig(processEnv(env, settings));
  const graceMs = (type: string): number => longestStopMs(type, config) + MORE_MS;
  const ports = nodePorts(place, fleet.nodes);
  const several = fleet.nodes > 1;
  const urls = nodeUrls(options);
  const webs = ports.map((port, i) =>
    ownProcess(place, env, {
      type: 'web',
      index: i + 1,
      url: urls[i] ?? place.url,
      settings: { ...settings, ANDON_PORT: String(port), ...(several ? { ANDON_HOST: '127.0.0.1' } : {}) },
      graceMs: graceMs('web'),
    }),
  );
  const opsPorts = await privatePorts(fleet.workers + fleet.keepers, [place.port, ...ports]);
  const ofType = (type: string, count: number) =>
    Array.from({ length: count }, (_, i) => {
      const opsPort = opsPorts.pop() ?? 0;
      return ownProcess(place, env, {
        type,
        index: i + 1,
        ops: `http://127.0.0.1:${opsPort}`,
        settings: { ...settings, ANDON_OPS_PORT: String(opsPort), ANDON_OPS_HOST: '127.0.0.1' },
        graceMs: graceMs(type),
      });
    });
  const others = [...ofType('worker', fleet.workers), ...ofType('keeper', fleet.keepers)];
  say(`starting ${fleetInWords(fleet)}${several ? ', and nginx' : ''} ...`);
  await Promise.all([...webs, ...others].map((one) => crew.addProcess(one)));
  const asked = [...urls, ...others.flatMap(({ ops }) => ops ?? [])];
  await untilReady(asked, READY_MS, stop);
  if (several) {
    await crew.addServer(nginx(place, secrets, ports, config.uploadBytes));
    await untilReady([place.url], READY_MS, stop);
  }
  return asked;
}
