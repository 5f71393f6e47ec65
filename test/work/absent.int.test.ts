import * as assert from 'uvu/assert';
import { operator } from '../../actors/operator/operator.ts';
import { order } from '../../actors/order/order.ts';
import { type Keeper, openKeeper } from '../../gateways/work/keeper.ts';
import { Presence } from '../../src/live/presence.ts';
import type { Issuer } from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import type { AnyDefinition } from '../../src/runtime/judge.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type NodeHere, type WorksWithRedis, withWorks } from '../runtime/works.ts';

interface Floor {
  readonly works: WorksWithRedis;
  /** Where people come and go: a web node's. */
  readonly presence: Presence;
  keep(node?: NodeHere): Keeper;
  /** An order that this operator holds, at epoch 1; begun where wanted. */
  holding(by: Issuer, begun?: boolean): Promise<string>;
  /** Why the order's newest event released it, if it did. */
  why(actor: string): Promise<string | undefined>;
  /** Milliseconds from the capture to the newest event, by the log. */
  after(actor: string): Promise<number>;
}

const GRACE_MS = 1_500;
const SITES = ['north', 'south'];
const DEFINITIONS: readonly AnyDefinition[] = [order, operator];
const definitions = new Map(DEFINITIONS.map((definition) => [definition.kind, definition]));

const withFloor: Fixture<Floor> = (lend, title) =>
  withWorks({ settings: { ANDON_GRACE_MS: String(GRACE_MS), ANDON_REDIS_TIMEOUT_MS: '500' } })(async (works) => {
    const keepers: Keeper[] = [];
    const { redis, keys } = works.anyNode.core;
    const presence = new Presence({ redis, keys, sites: SITES, graceMs: GRACE_MS });
    const newest = async (actor: string) =>
      (
        await works.sight.query<{ type: string; why?: string; ms: number }>(
          `SELECT l.events -> -1 ->> 'type' AS type, l.events -> -1 ->> 'why' AS why,
             extract(epoch FROM l.at - (SELECT max(c.at) FROM actor_log c WHERE c.kind = l.kind
               AND c.actor_id = l.actor_id AND c.events -> -1 ->> 'type' = 'captured'))::float * 1000 AS ms
           FROM actor_log l WHERE l.kind = 'order' AND l.actor_id = $1 ORDER BY l.version DESC LIMIT 1`,
          [actor],
        )
      ).rows[0]!;
    try {
      await lend({
        works,
        presence,
        keep({ core, runtime } = works.anyNode) {
          const hashOf = (envelope: Parameters<typeof commandHash>[1]) => commandHash(core.config.secret, envelope);
          const keeper = openKeeper(core, { definitions, runtime, hashOf, sites: SITES });
          keepers.push(keeper);
          return keeper;
        },
        async holding(by, begun = false) {
          const actor = await works.approved();
          await works.must(works.order(actor, by, { type: 'capture', epoch: 0 }));
          if (begun) await works.must(works.order(actor, by, { type: 'start', epoch: 1 }));
          return actor;
        },
        async why(actor) {
          const { type, why } = await newest(actor);
          return type === 'released' ? why : undefined;
        },
        after: async (actor) => (await newest(actor)).ms,
      });
    } finally {
      presence.close();
      await Promise.all(keepers.map((keeper) => keeper.stop()));
    }
  }, title);

const test = spec('absent holders', withFloor, { deadlineMs: 40_000 });

const came = async ({ presence }: Floor, { id }: Issuer): Promise<void> => {
  presence.came(id, 'north');
  await until('noted', async () => (await presence.of([id])).has(id));
};

test('who goes loses what was not begun, keeps what was, and frees the slot; who stays keeps all', async (floor) => {
  const { works, presence, keep, holding, why } = floor;
  const [ann, bob] = (await works.crew(2)) as [Issuer, Issuer];
  keep();
  await came(floor, ann);
  await came(floor, bob);
  const [idle, begun, kept] = [await holding(ann), await holding(ann, true), await holding(bob)];
  presence.gone(ann.id, 'north');
  await until('the idle order is free', async () => (await why(idle)) === 'absent', 20_000);
  const { state } = await works.stateOf(idle);
  assert.equal([state.capture, state.status, state.epoch], [null, 'MANUFACTURING_APPROVED', 2]);
  assert.is((await works.stateOf(begun)).state.capture?.operator, ann.id);
  assert.is((await works.stateOf(kept)).state.capture?.operator, bob.id);
  assert.equal([...(await works.claims(`slot:${ann.id}:`)).values()], [begun]);
  await works.check();
});

test('who captured without being at a board has the whole grace to come', async ({
  works,
  keep,
  holding,
  why,
  after,
}) => {
  const [ann] = (await works.crew(1)) as [Issuer];
  keep();
  const first = await holding(ann);
  await until('the first is free', async () => (await why(first)) === 'absent', 20_000);
  const second = await holding(ann);
  await until('the second is free', async () => (await why(second)) === 'absent', 20_000);
  for (const actor of [first, second]) assert.ok((await after(actor)) >= GRACE_MS, 'not before the whole grace');
});

test('several keepers release once', async ({ works, keep, holding, why }) => {
  const [ann] = (await works.crew(1)) as [Issuer];
  for (const node of works.nodes) keep(node);
  const actor = await holding(ann);
  const { version } = await works.stateOf(actor);
  await until('it is free', async () => (await why(actor)) === 'absent', 20_000);
  assert.is((await works.stateOf(actor)).version, version + 1);
});

test('while Redis is away nobody is released, and after it holders have the grace again', async (floor) => {
  const { works, presence, keep, holding, why } = floor;
  const [ann, bob] = (await works.crew(2)) as [Issuer, Issuer];
  keep();
  await came(floor, ann);
  await came(floor, bob);
  const [left, stays] = [await holding(ann), await holding(bob)];
  await works.server.kill();
  presence.gone(ann.id, 'north');
  const [killedAt, { version }] = [performance.now(), await works.stateOf(left)];
  await until('it was away for longer than the grace', () => performance.now() - killedAt > GRACE_MS * 2);
  assert.is((await works.stateOf(left)).version, version);
  const { rows } = await works.sight.query<{ at: Date }>('SELECT clock_timestamp() AS at');
  await works.server.restart();
  await until('what was left is free', async () => (await why(left)) === 'absent', 20_000);
  const { state } = await works.stateOf(left);
  assert.ok(Date.parse(state.updatedAt) - rows[0]!.at.getTime() >= GRACE_MS, 'not before the whole grace');
  assert.is((await works.stateOf(stays)).state.capture?.operator, bob.id);
});
