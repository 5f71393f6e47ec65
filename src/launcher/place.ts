/** Where one Andon on this machine keeps its things and under which address it is reached. */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AndonError } from '../errors.ts';

export interface Place {
  /** The checkout. */
  readonly root: string;
  /** Private data, 0700: secrets, servers, logs, files. */
  readonly data: string;
  readonly logs: string;
  readonly runFile: string;
  readonly secretsFile: string;
  readonly loginsFile: string;
  /** Address that the public port is bound to. */
  readonly host: string;
  readonly port: number;
  /** What people open. */
  readonly url: string;
}

type Env = Readonly<Record<string, string | undefined>>;

export const ROOT = resolve(import.meta.dirname, '..', '..');

const given = (env: Env, name: string): string | undefined => (env[name] === '' ? undefined : env[name]);

function portOf(env: Env): number {
  const text = given(env, 'ANDON_PORT') ?? '8080';
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new AndonError('bad_settings', `ANDON_PORT must be a whole number from 1 to 65535, not "${text}"`, {
      expose: true,
    });
  return port;
}

/** An address that listens on everything is opened by loopback. */
const openedAs = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
};

export function placeOf(env: Env, cwd: string = process.cwd()): Place {
  const asked = given(env, 'ANDON_DATA');
  const data = asked === undefined ? join(ROOT, '.andon') : resolve(cwd, asked);
  const host = given(env, 'ANDON_HOST') ?? '127.0.0.1';
  const port = portOf(env);
  return {
    root: ROOT,
    data,
    logs: join(data, 'logs'),
    runFile: join(data, 'run.json'),
    secretsFile: join(data, 'secrets.json'),
    loginsFile: join(data, 'logins.json'),
    host,
    port,
    url: `http://${openedAs(host)}:${port}`,
  };
}

/** Makes the private folders. An existing folder of somebody else is refused, never taken over. */
export function makeFolders(place: Place): void {
  for (const folder of [place.data, place.logs]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = statSync(folder);
    if (process.getuid !== undefined && stat.uid !== process.getuid())
      throw new AndonError('bad_folder', `${folder} belongs to another user; give a folder of yours as ANDON_DATA`, {
        expose: true,
      });
    if ((stat.mode & 0o077) !== 0) chmodSync(folder, 0o700);
  }
}
