/**
 * A private PostgreSQL: made once, started often. Invariants: password login only (scram), loopback only, no socket
 * file; fsync stays on unless a test asks otherwise.
 */
import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AndonError } from '../../errors.ts';
import { type Account, accountFor, reachableFolder } from './account.ts';
import { type ChildOptions, type Server, type Supervision, startChild } from './child.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { makeData } from './postgres-data.ts';

export interface PostgresOptions extends Supervision {
  /** Folder of this server; `postgresFolder` says where it really is. Its parents should let others pass (o+x). */
  readonly dir: string;
  readonly port: number;
  /** Of the superuser `postgres`; counts when the data is made. */
  readonly password: string;
  /** Lines of postgresql.conf that override ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** false: no fsync. For tests on data that may be thrown away. */
  readonly durable?: boolean;
  readonly ownGroup?: boolean;
}

const STOP = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
] as const;

/** An eighth of the memory, from 128 MB to 1 GB: what orders in work touch should be in it. */
const sharedMegabytes = (): number => Math.round(Math.min(1_024, Math.max(128, totalmem() / 2 ** 20 / 8)));

/**
 * Checkpoints are seldom, for after each the first change of a page writes all of it to the log once more; what a crash
 * leaves to be read again is some seconds' worth. Nothing here makes a commit less durable.
 */
const DEFAULTS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: `${sharedMegabytes()}MB`,
  checkpoint_timeout: '15min',
  max_wal_size: '2GB',
  jit: 'off',
  max_prepared_transactions: '0',
  password_encryption: 'scram-sha-256',
  log_min_messages: 'warning',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

const account = (): Account | undefined => accountFor('postgres');

/** Where the server that was to live in `dir` really lives: see `reachableFolder`. */
export const postgresFolder = (dir: string): string => reachableFolder(dir, account());

export const postgresUrl = (port: number, user: string, password: string, database: string): string =>
  `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;

function binaries(): string {
  const folder = postgresBinaries();
  if (folder !== undefined) return folder;
  throw new AndonError(
    'not_installed',
    'PostgreSQL is not installed; on Debian or Ubuntu: apt-get install postgresql',
    {
      expose: true,
      details: { server: 'postgres', package: 'postgresql' },
    },
  );
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } finally {
    await client.end();
  }
}

/** The first line of postmaster.pid. */
const postmasterOf = (data: string): number =>
  Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '', 10);

const logOf = (error: unknown): string => (error instanceof AndonError ? String(error.details['log'] ?? '') : '');

/** After a kill -9 of the postmaster its backends take a moment to notice; until then a new one refuses. */
async function onceBackendsAreGone(start: () => Promise<Server>): Promise<Server> {
  for (const end = Date.now() + 10_000; ; await sleep(100)) {
    try {
      return await start();
    } catch (error) {
      if (!/pre-existing shared memory/.test(logOf(error)) || Date.now() > end) throw error;
    }
  }
}

/** Starts the server, making its data the first time. The pid is the postmaster's; `url` is the superuser's. */
export async function startPostgres(options: PostgresOptions): Promise<Server> {
  const bin = binaries();
  const who = account();
  const folder = postgresFolder(options.dir);
  const data = join(folder, 'data');
  makeData({ bin, data, account: who, password: options.password, sync: options.durable !== false });
  const settings = { ...DEFAULTS, ...(options.durable === false ? { fsync: 'off' } : {}), ...options.settings };
  const url = postgresUrl(options.port, 'postgres', options.password, 'postgres');
  const child: ChildOptions = {
    name: 'postgres',
    url,
    command: join(bin, 'postgres'),
    args: [
      ...['-D', data, '-p', String(options.port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    cwd: data,
    logFile: options.logFile ?? join(folder, 'log'),
    ...(options.spawned === undefined ? {} : { spawned: options.spawned }),
    account: who,
    ready: async (pid) => postmasterOf(data) === pid && (await answers(url)),
    stopSignals: STOP,
    ...(options.ownGroup === undefined ? {} : { ownGroup: options.ownGroup }),
  };
  try {
    return await onceBackendsAreGone(() => startChild(child));
  } catch (cause) {
    if (!/lock file "postmaster\.pid" already exists/.test(logOf(cause))) throw cause;
    throw new AndonError('already_running', `a PostgreSQL works on ${data} already`, { expose: true, cause });
  }
}
