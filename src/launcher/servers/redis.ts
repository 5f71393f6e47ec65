/**
 * A private Redis: a cache of what Postgres knows, so nothing is written to disk and nothing may be evicted silently.
 * The password stands only in a file that we alone may read, never in the process list.
 */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AndonError } from '../../errors.ts';
import { type Server, type Supervision, startChild } from './child.ts';
import { ask } from './ports.ts';

export interface RedisOptions extends Supervision {
  readonly dir: string;
  readonly port: number;
  /** Without blanks or quotes. */
  readonly password: string;
  /** More lines of redis.conf, e.g. `{ maxmemory: '256mb' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly ownGroup?: boolean;
}

export const redisUrl = (port: number, password: string): string =>
  `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/0`;

/** Written by Redis once it has its port. */
const pidFile = (dir: string): string => join(dir, 'pid');

function writeConf(options: RedisOptions, dir: string): string {
  const file = join(dir, 'redis.conf');
  const lines = {
    port: String(options.port),
    bind: '127.0.0.1',
    'protected-mode': 'yes',
    dir: JSON.stringify(dir),
    pidfile: JSON.stringify(pidFile(dir)),
    daemonize: 'no',
    save: '""',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
    requirepass: options.password,
    ...options.settings,
  };
  const text = Object.entries(lines).map(([key, value]) => `${key} ${value}\n`);
  writeFileSync(file, text.join(''), { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}

export async function startRedis(options: RedisOptions): Promise<Server> {
  if (!/^[\w-]{8,}$/.test(options.password)) throw new Error('a Redis password has 8 or more of A-Z a-z 0-9 _ -');
  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  const conf = writeConf(options, dir);
  try {
    return await startChild({
      name: 'redis',
      url: redisUrl(options.port, options.password),
      command: 'redis-server',
      args: [conf],
      cwd: dir,
      logFile: options.logFile ?? join(dir, 'log'),
      ...(options.spawned === undefined ? {} : { spawned: options.spawned }),
      ready: async (pid) => {
        if (readFileSync(pidFile(dir), 'utf8').trim() !== String(pid)) return false;
        const answer = await ask(options.port, `AUTH ${options.password}\r\n`);
        return answer.toString().startsWith('+OK');
      },
      stopSignals: [['SIGTERM', 5_000]],
      ...(options.ownGroup === undefined ? {} : { ownGroup: options.ownGroup }),
    });
  } catch (error) {
    const cause = error instanceof AndonError ? error.cause : undefined;
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new AndonError(
        'not_installed',
        'Redis is not installed; on Debian or Ubuntu: apt-get install redis-server',
        {
          expose: true,
          details: { server: 'redis', package: 'redis-server' },
          cause,
        },
      );
    throw error;
  }
}
