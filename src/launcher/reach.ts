/**
 * The Andon that commands speak to: the one that is `up` in the data folder, else the one whose servers and secrets the
 * environment names (processes started by systemd, containers).
 */
import { AndonError } from '../errors.ts';
import { NO_BROKER } from './broker.ts';
import { makeFolders, type Place } from './place.ts';
import { currentRun } from './running.ts';
import { readSecrets } from './secrets.ts';
import { type Env, given, sharedSettings } from './settings.ts';

export interface Reached {
  readonly settings: Readonly<Record<string, string>>;
  /** The owner's of the tables. */
  readonly adminUrl: string;
  readonly url: string;
}

const NEEDED = ['DATABASE_URL', 'REDIS_URL', 'ANDON_SECRET', 'ANDON_TOKEN_KEY'] as const;

/** Throws `not_running`. */
export function reach(place: Place, env: Env): Reached {
  const run = currentRun(place);
  if (run?.state === 'ready') {
    const own = run.servers.find(({ name }) => name === 'postgres')?.url;
    const adminUrl = own ?? given(env, 'DATABASE_ADMIN_URL') ?? run.settings['DATABASE_URL'] ?? '';
    return { settings: run.settings, adminUrl, url: run.url };
  }
  if (run !== undefined || NEEDED.some((name) => given(env, name) === undefined))
    throw new AndonError('not_running', 'Andon is not up; start it first: ./andon up -d', { expose: true });
  makeFolders(place);
  const databaseUrl = given(env, 'DATABASE_URL') ?? '';
  const redisUrl = given(env, 'REDIS_URL') ?? '';
  const stores = { databaseUrl, redisUrl, amqpUrl: given(env, 'AMQP_URL') ?? NO_BROKER };
  const settings = sharedSettings(place, readSecrets(place), stores, [place.port], env);
  return { settings, adminUrl: given(env, 'DATABASE_ADMIN_URL') ?? databaseUrl, url: place.url };
}
