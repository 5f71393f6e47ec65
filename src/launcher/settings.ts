/** The environment of Andon's processes: the caller's own, and over it what the launcher decides. */
import { join, resolve } from 'node:path';
import type { Place } from './place.ts';
import type { Secrets } from './secrets.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export const given = (env: Env, name: string): string | undefined => (env[name] === '' ? undefined : env[name]);

export interface Stores {
  /** Postgres as the application. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** `none`: no broker. */
  readonly amqpUrl: string;
}

/** Where our own pages come from: what the cookie of a browser is believed from. */
export const originsOf = (place: Place, ports: readonly number[]): string[] => {
  const urls = [
    place.url,
    ...[place.port, ...ports].flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]),
  ];
  return [...new Set(urls.map((url) => new URL(url).origin))];
};

/** Settings of Andon's own that the caller gave: `users add` in another shell works with them too. */
const ownSettings = (env: Env): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[0].startsWith('ANDON_') && !!entry[1]),
  );

/** Same for every process; folders are absolute, as processes work in the checkout and the caller elsewhere. */
export function sharedSettings(
  place: Place,
  secrets: Secrets,
  stores: Stores,
  ports: readonly number[],
  env: Env,
  cwd = process.cwd(),
) {
  const folder = (name: string, fallback: string): string => {
    const asked = given(env, name);
    return asked === undefined ? fallback : resolve(cwd, asked);
  };
  return {
    ...ownSettings(env),
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    AMQP_URL: stores.amqpUrl,
    ANDON_DATA: place.data,
    ANDON_FILES: folder('ANDON_FILES', join(place.data, 'files')),
    ANDON_SPOOL: folder('ANDON_SPOOL', join(place.data, 'spool')),
    ANDON_TARIFFS: folder('ANDON_TARIFFS', join(place.root, 'tariffs')),
    ANDON_PAGES: folder('ANDON_PAGES', join(place.root, 'dist/web')),
    ANDON_SECRET: given(env, 'ANDON_SECRET') ?? secrets.secret,
    ANDON_TOKEN_KEY: given(env, 'ANDON_TOKEN_KEY') ?? secrets.tokenKey,
    ANDON_ORIGINS: given(env, 'ANDON_ORIGINS') ?? originsOf(place, ports).join(','),
    ANDON_PORT: String(place.port),
  };
}

/** What only the launcher needs, the owner's login above all, stays with it. */
const KEPT_BACK = [
  'DATABASE_ADMIN_URL',
  'ANDON_ENTRY',
  'ANDON_DETACHED',
  'NODE_CHANNEL_FD',
  'NODE_CHANNEL_SERIALIZATION_MODE',
];

export function processEnv(env: Env, settings: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const all: Record<string, string | undefined> = { ...env, ...settings };
  for (const name of KEPT_BACK) delete all[name];
  return all;
}
