/** Peer pg-cte, the strong one: the same as one named statement, one round trip, on a pool of 32. */
import pg from 'pg';
import type { Contender } from '../contender.ts';
import { peerOperators, preparePeer } from './prepare.ts';
import { STEPS } from './tables.ts';

export function pgCte(url: string, operators: number): Contender {
  const pool = new pg.Pool({ connectionString: url, max: 32 });
  const ids = peerOperators(operators);
  return {
    name: 'pg-cte',
    prepare: (count) => preparePeer(pool, count),
    async step(step, order, operator) {
      const { from, to, type } = STEPS[step];
      const holder = step === 'capture' ? 'holder IS NULL' : 'holder = $3';
      const { rowCount } = await pool.query({
        name: `cte-${step}`,
        text: `WITH changed AS (
                 UPDATE peer_orders SET status = $2, holder = $3, epoch = epoch + 1, version = version + 1, updated_at = now()
                 WHERE id = $1 AND status = $4 AND ${holder} RETURNING id, version)
               INSERT INTO peer_events (order_id, version, type, actor, data)
               SELECT id, version, $5, $3, '{}' FROM changed RETURNING 1`,
        values: [order, to, ids[operator], from, type],
      });
      return rowCount === 1;
    },
    close: () => pool.end(),
  };
}
