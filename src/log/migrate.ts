/**
 * Brings a database up to the migrations of a folder, `NNNN_what.sql` in the order of their names. Invariants: one runs
 * at a time (advisory lock; who waits finds nothing left to do); each is applied once and whole; one that was changed
 * after it was applied stops everything. Knows no role: it works as whoever `adminUrl` logs in, who then owns the tables.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { AndonError } from '../errors.ts';
import { checkNobodyServes } from './adopt.ts';

/** An arbitrary key for pg_advisory_lock, the same in every version of Andon. */
export const MIGRATION_LOCK = 0x616e646f;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(dir, name), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** `-- no-transaction` on the first line: for what Postgres refuses inside one (one statement per file). */
async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  const whole = !sql.startsWith('-- no-transaction');
  try {
    if (whole) await client.query('begin');
    await client.query(sql);
    await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256]);
    if (whole) await client.query('commit');
  } catch (cause) {
    if (whole) await client.query('rollback').catch(() => undefined);
    throw new AndonError('migration_failed', `${name}: ${(cause as Error).message}`, { expose: true, cause });
  }
}

/** `-- breaking` on the first line: nodes of the version before can't go on beside it. Refused before anything is applied. */
async function checkBreaking(client: pg.Client, missing: readonly Migration[]): Promise<void> {
  const first = missing.find(({ sql }) => sql.startsWith('-- breaking'));
  if (first === undefined) return;
  await checkNobodyServes(client).catch((cause: unknown) => {
    const why = `${first.name} can't be applied while others work on the database. ${(cause as Error).message}`;
    throw new AndonError('migration_breaking', why, { expose: true, cause });
  });
}

/** Returns the names that were applied now. Throws `migration_changed`, `migration_breaking` or `migration_failed`. */
export async function migrate(adminUrl: string, dir: string): Promise<string[]> {
  const wanted = await readMigrations(dir);
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'andon-migrate' });
  client.on('error', () => undefined); // a lost connection also rejects the query that runs
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query("set lock_timeout = '5s'"); // never queue long before the application's statements
    await client.query(
      `create table if not exists schema_migrations
         (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from schema_migrations');
    const have = new Map(rows.map((row) => [row.name, row.sha256]));
    const changed = wanted.find(({ name, sha256 }) => (have.get(name) ?? sha256) !== sha256);
    if (changed !== undefined)
      throw new AndonError('migration_changed', `${changed.name} was changed after it was applied`, { expose: true });
    const missing = wanted.filter(({ name }) => !have.has(name));
    await checkBreaking(client, missing);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
