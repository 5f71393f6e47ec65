/** Nodes with the real actors on a database and a Redis of their own, staffed with the people of the stories. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { operator } from '../../actors/operator/operator.ts';
import { slotPrefix } from '../../actors/order/claims.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { readConfig } from '../../src/config.ts';
import { openCore } from '../../src/core.ts';
import type { Answer, Issuer } from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import { Counters } from '../../src/telemetry/counters.ts';
import { makeLog } from '../../src/telemetry/log.ts';
import { lendDatabase } from '../_kit/database.ts';
import { lendRedis } from '../_kit/redis.ts';
import type { Fixture } from '../_kit/spec.ts';
import { OTHER_MODEL } from './floor.ts';
import { OPERATORS } from './stories.ts';
import { BOOK, MODEL, SYSTEM } from './world.ts';

const SECRET = 'a secret of at least thirty-two characters';

export interface Row {
  readonly version: number;
  readonly commandId: string;
  readonly events: readonly OrderEvent[];
  readonly after: OrderState;
}

export interface RealFloor {
  /** To the actor, over one node or another. */
  send(kind: 'order' | 'operator', actor: string, command: { type: string }, as: Issuer, id?: string): Promise<Answer>;
  /** Versions of the order after this one. */
  rows(actor: string, after: number): Promise<Row[]>;
  /** Claims of the order. */
  claims(actor: string): Promise<string[]>;
}

export const withRealFloor =
  (nodes: number): Fixture<RealFloor> =>
  async (lend) => {
    const [database, redis] = await Promise.all([lendDatabase(), lendRedis()]);
    const sight = new pg.Pool({ connectionString: database.adminUrl, max: 2 });
    const config = readConfig({
      DATABASE_URL: database.url,
      DATABASE_ADMIN_URL: database.adminUrl,
      REDIS_URL: redis.url,
      ANDON_PREFIX: redis.prefix,
      ANDON_SECRET: SECRET,
      ANDON_TOKEN_KEY: 'unused',
    });
    const open = () => openCore(config, 'test', makeLog('test', 'silent'), new Counters());
    const cores = await Promise.all(Array.from({ length: nodes }, open));
    const runtimes = cores.map((core) =>
      core.runtime([order, operator], {
        operator: { kind: 'operator', claimPrefix: slotPrefix, shape: (state, slots) => ({ state, slots }) },
        number: async () => '42',
        model: async (id) => [MODEL, OTHER_MODEL].find((model) => model.id === id),
        tariffs: async () => BOOK,
        times: async () => ({}),
      }),
    );
    let turn = 0;
    const floor: RealFloor = {
      async send(kind, actor, command, as, commandId = randomUUID()) {
        const envelope = { kind, actor, commandId, issuer: as, command, repeatable: true };
        const node = runtimes[turn++ % runtimes.length];
        if (node === undefined) throw new Error('no nodes');
        return node.send({ ...envelope, hash: commandHash(SECRET, envelope) });
      },
      async rows(actor, after) {
        const { rows } = await sight.query<Row>(
          `SELECT version, command_id AS "commandId", events, after FROM actor_log
           WHERE kind = 'order' AND actor_id = $1 AND version > $2 ORDER BY version`,
          [actor, after],
        );
        return rows;
      },
      async claims(actor) {
        const { rows } = await sight.query<{ name: string }>(
          `SELECT name FROM claims WHERE kind = 'order' AND actor_id = $1`,
          [actor],
        );
        return rows.map(({ name }) => name);
      },
    };
    try {
      for (const { id, site = 'north' } of OPERATORS) {
        await floor.send('operator', id, { type: 'hire', site, limit: 2 } as never, SYSTEM);
        await floor.send('operator', id, { type: 'start-shift' }, shiftLeader(site));
      }
      await lend(floor);
    } finally {
      for (const core of cores) await core.close();
      await sight.end();
      await redis.close();
      await database.close();
    }
  };

export const shiftLeader = (site: string): Issuer => ({
  role: 'supervisor',
  roles: ['supervisor'],
  id: randomUUID(),
  tenant: 'house',
  site,
});
