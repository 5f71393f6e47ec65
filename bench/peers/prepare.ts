/** What the peers have in common: their tables, fresh orders, versions. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { DOC, PEER_TABLES } from './tables.ts';

const TABLES_LOCK = 7_305_712;

/** Several processes may begin at once, and CREATE ... IF NOT EXISTS alone does not bear that. */
export async function makeTables(pool: pg.Pool): Promise<void> {
  await pool.query(`BEGIN; SELECT pg_advisory_xact_lock(${TABLES_LOCK}); ${PEER_TABLES}; COMMIT`);
}

export async function addOrders(
  pool: pg.Pool,
  count: number,
  status: 'APPROVED' | 'DRAFT',
  site = 'north',
): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await pool.query(`INSERT INTO peer_orders (id, site, status, doc) SELECT unnest($1::uuid[]), $4, $3, $2::jsonb`, [
    ids,
    DOC,
    status,
    site,
  ]);
  return ids;
}

export async function versionIn(pool: pg.Pool, id: string): Promise<number> {
  const { rows } = await pool.query<{ version: number }>('SELECT version FROM peer_orders WHERE id = $1', [id]);
  return rows[0]?.version ?? 0;
}

/** The part of a contender that is the same for those who keep their orders in Postgres alone. */
export const inPostgres = (pool: pg.Pool) => ({
  begin: () => makeTables(pool),
  prepare: (count: number) => addOrders(pool, count, 'APPROVED'),
  draft: async () => (await addOrders(pool, 1, 'DRAFT'))[0] ?? '',
  versionOf: (id: string) => versionIn(pool, id),
  close: () => pool.end(),
});
