/**
 * Peer redlock: the state of an order in Redis, changed under a lock of the package redlock, each event durable in
 * Postgres before it counts: lock, GET, check, INSERT, SET, unlock. Waiting for a lock is tried again after 5 to 15 ms,
 * which races for one order are best served by; the package's own 200 ms would flatter nobody.
 */
import { Redis } from 'ioredis';
import pg from 'pg';
import Redlock from 'redlock';
import type { Contender } from '../_kit/contender.ts';
import { operatorIds } from '../_kit/crew.ts';
import type { Addresses } from '../_kit/stand.ts';
import { addOrders, makeTables } from './prepare.ts';
import { DOC, type PeerStep, STEPS } from './tables.ts';

interface State {
  readonly status: string;
  readonly holder: string | null;
  readonly version: number;
  readonly doc: unknown;
}

const LOCK_MS = 5_000;
const LOCKING = { retryCount: 2_000, retryDelay: 5, retryJitter: 10 };

const keyOf = (id: string): string => `peer:{${id}}:state`;

function allowed(step: PeerStep, state: State, who: string | undefined): boolean {
  if (state.status !== STEPS[step].from) return false;
  return step === 'touch' || (step === 'capture' ? state.holder === null : state.holder === who);
}

export function redlock({ adminUrl, redisUrl }: Addresses, operators: number): Contender {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 32 });
  const redis = new Redis(redisUrl);
  const locks = new Redlock([redis as unknown as Redlock.CompatibleRedisClient], LOCKING);
  const ids = operatorIds(operators);

  const load = async (id: string): Promise<State | undefined> => {
    const known = await redis.get(keyOf(id));
    if (known !== null) return JSON.parse(known) as State;
    const { rows } = await pool.query('SELECT status, holder, version, doc FROM peer_orders WHERE id = $1', [id]);
    return rows[0];
  };
  const change = async (step: PeerStep, id: string, who: string | undefined): Promise<boolean> => {
    const lock = await locks.lock(`peer:{${id}}:lock`, LOCK_MS);
    try {
      const state = await load(id);
      if (state === undefined || !allowed(step, state, who)) return false;
      const { to, type } = STEPS[step];
      const next: State = { ...state, status: to, holder: who ?? null, version: state.version + 1 };
      await pool.query({
        name: 'event',
        text: 'INSERT INTO peer_events (order_id, version, type, actor, data) VALUES ($1, $2, $3, $4, $5)',
        values: [id, next.version, type, who, '{}'],
      });
      await redis.set(keyOf(id), JSON.stringify(next));
      return true;
    } finally {
      await lock.unlock();
    }
  };
  const add = async (count: number, status: 'APPROVED' | 'DRAFT'): Promise<readonly string[]> => {
    const made = await addOrders(pool, count, status);
    const state = JSON.stringify({ status, holder: null, version: 1, doc: JSON.parse(DOC) } satisfies State);
    const pipeline = redis.pipeline();
    for (const id of made) pipeline.set(keyOf(id), state);
    await pipeline.exec();
    return made;
  };
  return {
    name: 'redlock',
    begin: () => makeTables(pool),
    prepare: (count) => add(count, 'APPROVED'),
    step: (step, order, operator) => change(step, order, ids[operator]),
    draft: async () => (await add(1, 'DRAFT'))[0] ?? '',
    touch: (order) => change('touch', order, ids[0]),
    versionOf: async (id) => (await load(id))?.version ?? 0,
    async close() {
      redis.disconnect();
      await pool.end();
    },
  };
}
