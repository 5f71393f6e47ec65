/**
 * Peer pg-update: what most good teams write. One transaction per step on a pool of 32: BEGIN; guarded UPDATE;
 * INSERT of the event; COMMIT.
 */
import pg from 'pg';
import type { Contender } from '../_kit/contender.ts';
import { operatorIds } from '../_kit/crew.ts';
import type { Addresses } from '../_kit/stand.ts';
import { inPostgres } from './prepare.ts';
import { guardOf, type PeerStep, STEPS } from './tables.ts';

export function pgUpdate({ adminUrl }: Addresses, operators: number): Contender {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 32 });
  const ids = operatorIds(operators);
  const change = async (step: PeerStep, order: string, who: string | undefined): Promise<boolean> => {
    const { from, to, type } = STEPS[step];
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const updated = await client.query<{ version: number }>({
        name: `update-${step}`,
        text: `UPDATE peer_orders SET status = $2, holder = $3, epoch = epoch + 1, version = version + 1, updated_at = now()
               WHERE id = $1 AND status = $4 AND ${guardOf(step)} RETURNING version`,
        values: [order, to, who, from],
      });
      const version = updated.rows[0]?.version;
      if (version === undefined) {
        await client.query('ROLLBACK');
        return false;
      }
      await client.query({
        name: 'event',
        text: 'INSERT INTO peer_events (order_id, version, type, actor, data) VALUES ($1, $2, $3, $4, $5)',
        values: [order, version, type, who, '{}'],
      });
      await client.query('COMMIT');
      return true;
    } finally {
      client.release();
    }
  };
  return {
    name: 'pg-update',
    ...inPostgres(pool),
    step: (step, order, operator) => change(step, order, ids[operator]),
    touch: (order) => change('touch', order, ids[0]),
  };
}
