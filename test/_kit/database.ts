/** A database of one's own on the run's Postgres: a clone of the migrated template, and a check for leaked connections. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ADMIN_URL, APP_URL, fromRunner, SUPER_URL } from './environment.ts';
import type { Fixture } from './spec.ts';

export interface LentDatabase {
  /** As the application. */
  readonly url: string;
  /** As the owner of the tables. */
  readonly adminUrl: string;
  /** As the superuser, to end sessions and look at everything. */
  readonly superUrl: string;
  /** Drops it. Throws when a connection to it is still open: a pool or client was not ended. */
  close(): Promise<void>;
}

interface Session {
  readonly usename: string;
  readonly application_name: string;
  readonly query: string;
}

const withDatabase = (url: string, database: string): string => {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
};

async function asSuper<T>(act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: fromRunner(SUPER_URL), application_name: 'kit' });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** An ended connection takes a moment to leave pg_stat_activity. */
async function sessionsLeft(client: pg.Client, database: string): Promise<Session[]> {
  for (const end = Date.now() + 1_500; ; await sleep(15)) {
    const { rows } = await client.query<Session>(
      `select usename, application_name, left(query, 80) as query from pg_stat_activity
        where datname = $1 and backend_type = 'client backend'`,
      [database],
    );
    if (rows.length === 0 || Date.now() > end) return rows;
  }
}

export async function lendDatabase(): Promise<LentDatabase> {
  const database = `t_${randomBytes(6).toString('hex')}`;
  const template = new URL(fromRunner(ADMIN_URL)).pathname.slice(1);
  await asSuper(async (client) => {
    await client.query(`create database ${database} template ${template} owner andon_owner`);
    await client.query(`revoke all on database ${database} from public`);
    await client.query(`grant connect on database ${database} to andon_app`);
  });
  return {
    url: withDatabase(fromRunner(APP_URL), database),
    adminUrl: withDatabase(fromRunner(ADMIN_URL), database),
    superUrl: withDatabase(fromRunner(SUPER_URL), database),
    close: () =>
      asSuper(async (client) => {
        const left = await sessionsLeft(client, database);
        await client.query(`drop database if exists ${database} with (force)`);
        if (left.length === 0) return;
        const who = left.map((s) => `${s.usename} ${s.application_name || '-'}: ${s.query}`);
        throw new Error(`${left.length} leaked database connection(s):\n${who.join('\n')}`);
      }),
  };
}

/** `spec('…', withDatabaseLent)`: a fresh database per test. */
export const withDatabaseLent: Fixture<LentDatabase> = async (lend) => {
  const database = await lendDatabase();
  try {
    await lend(database);
  } finally {
    await database.close();
  }
};
