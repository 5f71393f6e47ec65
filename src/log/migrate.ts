/**
 * Brings a database up to the migrations of a folder, `NNNN_what.sql` in the order of their names. Invariants: one runs
 * at a time (advisory lock; who waits finds nothing left to do); each is applied once and whole; one that was changed
 * after it was applied stops everything. Knows no role: it works as whoever `adminUrl` logs in, who then owns the tables.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AndonError } from '../errors.ts';
import { checkNobodyServes } from './adopt.ts';

/** An arbitrary key for pg_advisory_lock, the same in every version of Andon. */
export const MIGRATION_LOCK = 0x616e646f;

const TURN_MS = 100;

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

/** Queues no longer than this before the application's statements. */
const LOCK_TIMEOUT = '5s';
/** An index that is made beside writers waits for all their transactions, and nobody waits behind it. */
const PATIENT_LOCK_TIMEOUT = '10min';
const INDEX_BESIDE = /create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists\s+(\w+)/i;

/** `-- no-transaction` on the first line: for what Postgres refuses inside one (one statement per file). */
async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  const whole = !sql.startsWith('-- no-transaction');
  try {
    await client.query(`set lock_timeout = '${whole ? LOCK_TIMEOUT : PATIENT_LOCK_TIMEOUT}'`);
    if (whole) await client.query('begin');
    else await dropHalfMade(client, INDEX_BESIDE.exec(sql)?.[1]);
    await client.query(sql);
    await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256]);
    if (whole) await client.query('commit');
  } catch (cause) {
    if (whole) await client.query('rollback').catch(() => undefined);
    throw new AndonError('migration_failed', `${name}: ${(cause as Error).message}`, { expose: true, cause });
  }
}

/** What an earlier try left behind exists, but serves no question. */
async function dropHalfMade(client: pg.Client, index: string | undefined): Promise<void> {
  if (index === undefined) return;
  const { rows } = await client.query('select from pg_index where indexrelid = to_regclass($1) and not indisvalid', [
    index,
  ]);
  if (rows.length > 0) await client.query(`drop index concurrently ${index}`);
}

/** Asks again and again: a statement that waits has a snapshot, and an index that is made beside it would wait for that. */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [MIGRATION_LOCK]);
    if (rows[0]?.mine) return;
    await sleep(TURN_MS);
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
    await takeTurn(client);
    await client.query(`set lock_timeout = '${LOCK_TIMEOUT}'`);
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
