/**
 * A private PostgreSQL: made once, started often. Invariants: password login only (scram), loopback only, no socket
 * file; fsync stays on unless a test asks otherwise; a folder is either fully made or made again (initdb works beside
 * and the result is renamed); data of another major version is never touched.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AndonError, codeOf } from '../../errors.ts';
import { type Account, accountFor, ownFolder, reachableFolder } from './account.ts';
import { type Server, startChild, type Supervision } from './child.ts';
import { majorVersion, postgresBinaries } from './postgres-binaries.ts';

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

const DEFAULTS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
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

function initialise(bin: string, data: string, who: Account | undefined, options: PostgresOptions): void {
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  ownFolder(fresh, who);
  const secrets = mkdtempSync(join(tmpdir(), 'andon-init-'));
  const pwfile = join(secrets, 'password');
  try {
    writeFileSync(pwfile, `${options.password}\n`, { mode: 0o600 });
    if (who !== undefined) for (const path of [secrets, pwfile]) chownSync(path, who.uid, who.gid);
    chmodSync(secrets, 0o700);
    const args = ['-D', fresh, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions'];
    args.push('--auth-local=scram-sha-256', '--auth-host=scram-sha-256', `--pwfile=${pwfile}`);
    if (options.durable === false) args.push('--no-sync');
    execFileSync(join(bin, 'initdb'), args, { cwd: fresh, stdio: ['ignore', 'ignore', 'pipe'], ...who });
    renameSync(fresh, data);
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    throw new AndonError('server_failed', `PostgreSQL could not make its data folder: ${said}`, {
      expose: true,
      cause,
    });
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
}

function checkVersion(bin: string, data: string): void {
  const has = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const major = majorVersion(bin);
  if (has !== major)
    throw new AndonError(
      'data_version',
      `the data in ${data} was made by PostgreSQL ${has}, installed is ${major}. ` +
        `Install PostgreSQL ${has}, or move the data with pg_upgrade, or remove the folder to begin anew.`,
      { expose: true, details: { folder: data, has, installed: major } },
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

/** Starts the server, making its data the first time. The pid is the postmaster's; `url` is the superuser's. */
export async function startPostgres(options: PostgresOptions): Promise<Server> {
  const bin = binaries();
  const who = account();
  const folder = postgresFolder(options.dir);
  const data = join(folder, 'data');
  if (existsSync(data)) checkVersion(bin, data);
  else initialise(bin, data, who, options);
  const settings = { ...DEFAULTS, ...(options.durable === false ? { fsync: 'off' } : {}), ...options.settings };
  const url = postgresUrl(options.port, 'postgres', options.password, 'postgres');
  const start = (): Promise<Server> =>
    startChild({
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
      ready: () => answers(url),
      stopSignals: STOP,
      ...(options.ownGroup === undefined ? {} : { ownGroup: options.ownGroup }),
    });
  // After a kill -9 of the postmaster its backends take a moment to notice; until then a new one refuses.
  for (const end = Date.now() + 10_000; ; await sleep(100)) {
    try {
      return await start();
    } catch (error) {
      const log = error instanceof AndonError ? String(error.details['log'] ?? '') : '';
      if (codeOf(error) !== 'server_failed' || !/pre-existing shared memory/.test(log) || Date.now() > end) throw error;
    }
  }
}
