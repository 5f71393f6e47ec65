import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { DOC, PEER_TABLES } from './tables.ts';

export async function preparePeer(pool: pg.Pool, count: number): Promise<readonly string[]> {
  await pool.query(PEER_TABLES);
  const ids = Array.from({ length: count }, () => randomUUID());
  await pool.query(
    `INSERT INTO peer_orders (id, site, status, doc) SELECT unnest($1::uuid[]), 'north', 'APPROVED', $2::jsonb`,
    [ids, DOC],
  );
  return ids;
}

export const peerOperators = (count: number): readonly string[] => Array.from({ length: count }, () => randomUUID());
