import * as assert from 'uvu/assert';
import type { OrderState } from '../../actors/order/state.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { Load } from './load.ts';
import { type Works, withWorks } from './works.ts';

const test = spec('a random load over three nodes', withWorks(), { deadlineMs: 40_000 });

/** Every node reads the head, from Redis and, after it, from nothing but Postgres. */
async function readsAreTrue(works: Works, orders: readonly string[]): Promise<void> {
  for (const actor of orders) {
    const { version, state } = await works.stateOf(actor);
    for (const { runtime } of works.nodes) {
      const read = await runtime.read('order', actor, { atLeast: version });
      assert.is(read?.version, version);
      assert.is((read!.state as OrderState).epoch, state.epoch);
    }
  }
}

for (const seed of [1, 2, 3]) {
  test(`leaves a log that explains every answer (seed ${seed})`, async (works) => {
    const [crew, orders] = await Promise.all([works.crew(6, 2), works.orders(24)]);
    const load = new Load(works, { crew, orders, seed, clients: 30 });
    await load.more(1_500);
    await load.stop();
    await works.check();
    await readsAreTrue(works, orders);
    await until('all mailboxes are empty', () => works.nodes.every(({ runtime }) => runtime.busy === 0));
    await until('all leases are given back', async () => (await works.redis.keys('*:lease')).length === 0);
  });
}

test('on one order only', async (works) => {
  const [crew, orders] = await Promise.all([works.crew(8, 4), works.orders(1)]);
  const load = new Load(works, { crew, orders, clients: 40 });
  await load.more(1_000);
  await load.stop();
  await works.check();
});
