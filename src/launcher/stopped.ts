/**
 * Work on the stores while nothing of Andon runs: private ones are started for it and ended again, and no `up` of this data
 * folder begins meanwhile.
 */
import { AndonError } from '../errors.ts';
import { Crew } from './crew.ts';
import { installServers } from './install.ts';
import { makeFolders, type Place } from './place.ts';
import { endLeftovers, lockSupervisor } from './running.ts';
import { readSecrets } from './secrets.ts';
import { type Env, given, sharedSettings } from './settings.ts';
import { startStores } from './stores.ts';

export interface OpenStores {
  readonly settings: Readonly<Record<string, string>>;
  readonly adminUrl: string;
  /** Aborted by Ctrl-C. */
  readonly stop: AbortSignal;
}

const FLEET = { nodes: 1, workers: 1, keepers: 1 };

/** `prepare` is done before the secrets are read. Throws `running`, and what `work` throws. */
export async function whileStopped<T>(
  place: Place,
  env: Env,
  say: (line: string) => void,
  { prepare, work }: { prepare?(): void; work(stores: OpenStores): Promise<T> },
): Promise<T> {
  makeFolders(place);
  const release = await lockSupervisor(place);
  if (release === undefined)
    throw new AndonError('running', 'Andon is up here, or just starting; end it first: ./andon down', { expose: true });
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, abort);
  const aborted = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(new AndonError('stopped', 'stopped', { expose: true })));
  });
  aborted.catch(() => undefined);
  try {
    await endLeftovers(place, 5_000);
    prepare?.();
    const secrets = readSecrets(place);
    const crew = new Crew(place, FLEET, say);
    try {
      const missing = (name: string, variable: string) => (given(env, variable) === undefined ? [name] : []);
      const wanted = [...missing('postgres', 'DATABASE_URL'), ...missing('redis', 'REDIS_URL')] as (
        | 'postgres'
        | 'redis'
      )[];
      const needed = await installServers(place, wanted, say, stop.signal);
      const options = { place, fleet: FLEET, env, say, stop: stop.signal };
      const { stores, adminUrl } = await Promise.race([startStores(crew, secrets, needed, options), aborted]);
      const settings = sharedSettings(place, secrets, { ...stores, amqpUrl: 'none' }, [place.port], env);
      return await Promise.race([work({ settings, adminUrl, stop: stop.signal }), aborted]);
    } finally {
      await crew.stop();
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, abort);
    await release();
  }
}
