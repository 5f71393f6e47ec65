/** pg_dump and pg_restore of this machine. Where to connect goes by the environment: arguments can be read by everybody. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AndonError } from '../errors.ts';
import { postgresBinaries } from './servers/postgres-binaries.ts';

const PARAMETERS: Readonly<Record<string, string>> = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  host: 'PGHOST',
};

/** What libpq reads, from a URL as pg takes it. */
export function libpqEnv(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const all: Record<string, string> = {
    PGHOST: hostname.replace(/^\[|\]$/g, ''),
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  };
  for (const [name, variable] of Object.entries(PARAMETERS))
    all[variable] = searchParams.get(name) ?? all[variable] ?? '';
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function programFile(name: string): string {
  const folder = postgresBinaries();
  const packaged = folder === undefined ? undefined : join(folder, name);
  return packaged !== undefined && existsSync(packaged) ? packaged : name;
}

/** Its output is for the terminal only when it fails. Throws `pg_tool_failed` with what it said. */
export async function pgTool(
  name: 'pg_dump' | 'pg_restore',
  url: string,
  args: readonly string[],
  stop?: AbortSignal,
): Promise<void> {
  const child = spawn(programFile(name), args, {
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', PGAPPNAME: `andon-${name}`, ...libpqEnv(url) },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(stop === undefined ? {} : { signal: stop }),
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString('utf8')}`.slice(-4_000);
  });
  const how = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${code}`)));
  });
  if (how === undefined) return;
  const hint = /ENOENT/.test(how)
    ? '\nIt comes with PostgreSQL; on Debian or Ubuntu: apt-get install postgresql-client'
    : '';
  throw new AndonError('pg_tool_failed', `${name} failed (${how}): ${said.trim()}${hint}`, { expose: true });
}
