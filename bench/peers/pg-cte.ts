/** Peer pg-cte, the strong one: the same as one named statement, one round trip, on a pool of 32. */
import pg from 'pg';
import type { Contender } from '../_kit/contender.ts';
import { operatorIds } from '../_kit/crew.ts';
import type { Addresses } from '../_kit/stand.ts';
import { inPostgres } from './prepare.ts';
import { guardOf, type PeerStep, STEPS } from './tables.ts';

/** The version that the change made; undefined = refused. */
export type Changed = (step: PeerStep, order: string, who: string | undefined) => Promise<number | undefined>;

export const cteOn =
  (pool: pg.Pool): Changed =>
  async (step, order, who) => {
    const { from, to, type } = STEPS[step];
    const { rows } = await pool.query<{ version: number }>({
      name: `cte-${step}`,
      text: `WITH changed AS (
               UPDATE peer_orders SET status = $2, holder = $3, epoch = epoch + 1, version = version + 1, updated_at = now()
               WHERE id = $1 AND status = $4 AND ${guardOf(step)} RETURNING id, version)
             INSERT INTO peer_events (order_id, version, type, actor, data)
             SELECT id, version, $5, $3, '{}' FROM changed RETURNING version`,
      values: [order, to, who, from, type],
    });
    return rows[0]?.version;
  };

export function pgCte({ adminUrl }: Addresses, operators: number): Contender {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 32 });
  const ids = operatorIds(operators);
  const change = cteOn(pool);
  return {
    name: 'pg-cte',
    ...inPostgres(pool),
    step: async (step, order, operator) => (await change(step, order, ids[operator])) !== undefined,
    touch: async (order) => (await change('touch', order, ids[0])) !== undefined,
  };
}
