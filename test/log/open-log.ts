/** A fresh database and whatever a test opens on it; everything is closed behind the test, batchers first. */
import pg from 'pg';
import { Batcher, type BatcherOptions } from '../../src/log/batch.ts';
import { LIMITS, openPool } from '../../src/log/connect.ts';
import { READ_SETTINGS } from '../../src/log/read.ts';
import { type CutProxy, cutProxy } from '../_kit/cut-proxy.ts';
import { type LentDatabase, lendDatabase } from '../_kit/database.ts';
import type { Fixture } from '../_kit/spec.ts';

export interface Report {
  readonly what: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface OpenLog {
  readonly database: LentDatabase;
  /** What the batchers reported. */
  readonly reports: readonly Report[];
  batcher(options?: Partial<BatcherOptions>): Promise<Batcher>;
  /** As the application, with the settings of readers. */
  readonly pool: pg.Pool;
  /** As the superuser. */
  see<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  /** Another session; as the owner unless told. */
  session(url?: string): Promise<pg.Client>;
  proxy(): Promise<CutProxy & { readonly url: string }>;
}

export const withOpenLog: Fixture<OpenLog> = async (lend) => {
  const database = await lendDatabase();
  const closing: (() => Promise<unknown>)[] = [];
  const reports: Report[] = [];
  const pool = openPool({ url: database.url, name: 'test pool', max: 4, settings: READ_SETTINGS });
  const sight = openPool({ url: database.superUrl, name: 'test sight', max: 2, settings: LIMITS });
  const port = Number(new URL(database.url).port);
  try {
    await lend({
      database,
      reports,
      pool,
      async batcher(options = {}) {
        const batcher = new Batcher({
          url: database.url,
          queueLimit: 10_000,
          report: (what, details) => reports.push({ what, details }),
          ...options,
        });
        await batcher.start();
        closing.unshift(() => batcher.close());
        return batcher;
      },
      see: async (sql, values = []) => (await sight.query(sql, values)).rows,
      async session(url = database.adminUrl) {
        const client = new pg.Client({ connectionString: url, application_name: 'test session' });
        client.on('error', () => undefined);
        await client.connect();
        closing.unshift(() => client.end());
        return client;
      },
      async proxy() {
        const proxy = await cutProxy(port);
        closing.push(() => proxy.close());
        const url = new URL(database.url);
        url.hostname = '127.0.0.1';
        url.port = String(proxy.port);
        return { ...proxy, url: url.href };
      },
    });
  } finally {
    for (const close of closing) await close().catch(() => undefined);
    await pool.end();
    await sight.end();
    await database.close();
  }
};
