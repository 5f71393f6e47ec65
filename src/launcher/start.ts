/**
 * What `up` does, in order: stores, migrations, first users, pages, processes, ready; the broker beside them. A start that
 * fails or is stopped half-way leaves nothing running. Time to ready is mostly the stores' and the processes' own.
 */
import { readConfig } from '../config.ts';
import { AndonError } from '../errors.ts';
import { askAdmin, usersIn } from './admin.ts';
import { checkPorts, nodePorts } from './bind.ts';
import { lookAtBroker, NO_BROKER } from './broker.ts';
import { Crew } from './crew.ts';
import { installServers, type ServerName } from './install.ts';
import { addLogins, setLoginsAside } from './logins.ts';
import { buildPages } from './pages.ts';
import type { Place } from './place.ts';
import { nginx, ownProcess } from './programs.ts';
import { untilFound, untilReady } from './readiness.ts';
import { readSecrets, type Secrets } from './secrets.ts';
import { type Env, given, processEnv, type Stores, sharedSettings } from './settings.ts';
import { sitesOf } from './sites.ts';
import { startStores } from './stores.ts';

export interface StartOptions {
  readonly place: Place;
  readonly nodes: number;
  readonly env: Env;
  readonly say: (line: string) => void;
  /** Aborted: the start is given up. */
  readonly stop: AbortSignal;
}

/** A web node has this long to serve, milliseconds. */
const READY_MS = 60_000;
/** Nodes look for a broker that was away about every second. */
const FOUND_MS = 5_000;
/** A process gives up on its running work after twice the drain time by itself; then a moment more. */
const graceMs = (drainMs: number): number => 2 * drainMs + 1_000;

const abortOf = (stop: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const give = (): void => reject(new AndonError('stopped', 'stopped while starting', { expose: true }));
    if (stop.aborted) give();
    stop.addEventListener('abort', give, { once: true });
  });

/** Resolves when everything is ready. After a failure nothing runs. */
export async function startAndon(options: StartOptions): Promise<Crew> {
  const { place, nodes, say, stop } = options;
  await checkPorts(place, nodes);
  const secrets = readSecrets(place);
  checkSettings(options, secrets);
  const crew = new Crew(place, nodes, say);
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

const settingsWith = ({ place, nodes, env }: StartOptions, secrets: Secrets, stores: Stores): Record<string, string> =>
  sharedSettings(place, secrets, stores, nodePorts(place, nodes), env);

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
  const { stores, adminUrl, broker } = await startStores(crew, secrets, needed, options);
  const settings = settingsWith(options, secrets, stores);
  crew.settings = settings;

  const { bringUpToDate } = await import('./database.ts');
  await bringUpToDate(place, { url: stores.databaseUrl, adminUrl }, say);
  stop.throwIfAborted();

  const [site = ''] = sitesOf(settings['ANDON_TARIFFS'] ?? '');
  const users = await askAdmin(place, settings, env, { do: 'first-users', site }, usersIn, stop);
  if (users.length > 0) setLoginsAside(place);
  await addLogins(place, place.url, users);
  if (given(env, 'ANDON_PAGES') === undefined) await buildPages(place, say, stop);
  stop.throwIfAborted();
  await startProcesses(crew, secrets, settings, options);
  if (await broker?.started) await untilFound('rabbitmq', nodeUrls(options), FOUND_MS, stop);
  const asked = given(env, 'AMQP_URL') ?? NO_BROKER;
  if (asked !== NO_BROKER) await lookAtBroker(asked, say);
}

const nodeUrls = ({ place, nodes }: StartOptions): string[] =>
  nodes === 1 ? [place.url] : nodePorts(place, nodes).map((port) => `http://127.0.0.1:${port}`);

function neededServers({ env, nodes }: StartOptions): ServerName[] {
  const needed: ServerName[] = [];
  if (given(env, 'DATABASE_URL') === undefined) needed.push('postgres');
  if (given(env, 'REDIS_URL') === undefined) needed.push('redis');
  if (given(env, 'AMQP_URL') === undefined) needed.push('rabbitmq');
  if (nodes > 1) needed.push('nginx');
  return needed;
}

async function startProcesses(
  crew: Crew,
  secrets: Secrets,
  settings: Readonly<Record<string, string>>,
  options: StartOptions,
): Promise<void> {
  const { place, nodes, env, say, stop } = options;
  const config = readConfig(processEnv(env, settings));
  const grace = graceMs(config.drainMs);
  const ports = nodePorts(place, nodes);
  const several = nodes > 1;
  const urls = nodeUrls(options);
  const webs = ports.map((port, i) =>
    ownProcess(place, env, {
      type: 'web',
      index: i + 1,
      url: urls[i] ?? place.url,
      settings: { ...settings, ANDON_PORT: String(port), ...(several ? { ANDON_HOST: '127.0.0.1' } : {}) },
      graceMs: grace,
    }),
  );
  const others = ['worker', 'keeper'].map((type) =>
    ownProcess(place, env, { type, index: 1, settings, graceMs: grace }),
  );
  say(`starting ${nodes === 1 ? 'a web node' : `${nodes} web nodes and nginx`}, a worker and a keeper ...`);
  await Promise.all([...webs, ...others].map((one) => crew.addProcess(one)));
  await untilReady(urls, READY_MS, stop);
  if (!several) return;
  await crew.addServer(nginx(place, secrets, ports, config.uploadBytes));
  await untilReady([place.url], READY_MS, stop);
}
