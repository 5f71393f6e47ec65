import { setTimeout as sleep } from 'node:timers/promises';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { Load } from './load.ts';
import { type WorksWithRedis, withWorks } from './works.ts';

const test = spec('a load while Redis is harmed', withWorks(), { deadlineMs: 60_000 });

/** No command may fail because of Redis: each is answered, by Postgres if need be. */
async function underLoad(works: WorksWithRedis, harm: (load: Load) => Promise<void>): Promise<void> {
  const [crew, orders] = await Promise.all([works.crew(6, 2), works.orders(24)]);
  const load = new Load(works, { crew, orders, clients: 30 });
  await load.more(200);
  await harm(load);
  await load.more(200);
  await load.stop();
  await works.check();
  const [actor] = orders;
  await until('Redis is used again', async () => {
    await works.order(actor!, crew[0]!, { type: 'release', epoch: 0 });
    return (await works.redis.keys(`*{order:${actor}}:head`)).length > 0;
  });
}

test('emptied again and again', async (works) => {
  await underLoad(works, async (load) => {
    for (let i = 0; i < 10; i++) {
      await works.redis.flushall();
      await load.more(50);
    }
  });
});

test('killed, away for a while, and back empty', async (works) => {
  await underLoad(works, async (load) => {
    for (let i = 0; i < 2; i++) {
      await works.server.kill();
      await load.more(200);
      await works.server.restart();
      await load.more(200);
    }
  });
});

test('paused for longer than any answer may take', async (works) => {
  await underLoad(works, async (load) => {
    for (let i = 0; i < 4; i++) {
      works.server.pause();
      await Promise.all([load.more(50), sleep(150)]);
      works.server.resume();
      await load.more(100);
    }
  });
});

test('all its leases taken by processes that are dead', async (works) => {
  await underLoad(works, async (load) => {
    const orders = (await works.redis.keys('*{order:*}:head')).slice(0, 10);
    for (const key of orders) await works.redis.set(key.replace(/head$/, 'lease'), 'a dead process', 'PX', 700);
    await load.more(300);
  });
});

test('away from the beginning: everything goes on', async (works) => {
  await works.server.kill();
  const [crew, orders] = await Promise.all([works.crew(3, 4), works.orders(5)]);
  const load = new Load(works, { crew, orders, clients: 10 });
  await load.more(300);
  await load.stop();
  await works.check();
});
