/**
 * Peer pg-update: what most good teams write. One transaction per step on a pool of 32: BEGIN; guarded UPDATE;
 * INSERT of the event; COMMIT.
 */
import pg from 'pg';
import type { Contender } from '../contender.ts';
import { peerOperators, preparePeer } from './prepare.ts';
import { STEPS } from './tables.ts';

export function pgUpdate(url: string, operators: number): Contender {
  const pool = new pg.Pool({ connectionString: url, max: 32 });
  const ids = peerOperators(operators);
  return {
    name: 'pg-update',
    prepare: (count) => preparePeer(pool, count),
    async step(step, order, operator) {
      const { from, to, type } = STEPS[step];
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const holder = step === 'capture' ? 'holder IS NULL' : 'holder = $3';
        const updated = await client.query<{ version: number }>({
          name: `update-${step}`,
          text: `UPDATE peer_orders SET status = $2, holder = $3, epoch = epoch + 1, version = version + 1, updated_at = now()
                 WHERE id = $1 AND status = $4 AND ${holder} RETURNING version`,
          values: [order, to, ids[operator], from],
        });
        const version = updated.rows[0]?.version;
        if (version === undefined) {
          await client.query('ROLLBACK');
          return false;
        }
        await client.query({
          name: 'event',
          text: 'INSERT INTO peer_events (order_id, version, type, actor, data) VALUES ($1, $2, $3, $4, $5)',
          values: [order, version, type, ids[operator], '{}'],
        });
        await client.query('COMMIT');
        return true;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
