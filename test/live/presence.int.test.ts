import * as assert from 'uvu/assert';
import { Redis } from '../../src/hot/redis.ts';
import { Presence } from '../../src/live/presence.ts';
import { lendRedis } from '../_kit/redis.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

interface Two {
  readonly one: Presence;
  readonly two: Presence;
  readonly redis: Redis;
  readonly key: string;
}

const test = spec<Two>('presence', async (lend) => {
  const { url, prefix, close } = await lendRedis();
  const redis = new Redis({ url, timeoutMs: 1_000 });
  await redis.ready(5_000);
  const key = `${prefix}:presence`;
  const [one, two] = [new Presence({ redis, key }), new Presence({ redis, key })];
  try {
    await lend({ one, two, redis, key });
  } finally {
    one.close();
    two.close();
    redis.close();
    await close();
  }
});

test('who came to one node is present for the other', async ({ one, two }) => {
  one.came('ann');
  await until('ann is seen', async () => (await two.of(['ann', 'bob'])).has('ann'));
  assert.equal([...(await two.of(['ann', 'bob']))], ['ann']);
});

test('who was not seen for a while is absent, and no ghost stays for ever', async ({ one, two, redis, key }) => {
  await redis.call('ZADD', [key, Date.now() - 13_000, 'ann', 1, 'ghost']);
  assert.equal([...(await two.of(['ann', 'ghost']))], []);
  one.came('bob');
  await until('the ghost is forgotten', async () => (await redis.call('ZSCORE', [key, 'ghost'])) === null);
});

test('without Redis a node knows its own', async ({ one, redis }) => {
  one.came('ann');
  one.came('ann');
  one.gone('ann');
  redis.close();
  assert.equal([...(await one.of(['ann', 'bob']))], ['ann']);
  one.gone('ann');
  assert.equal([...(await one.of(['ann']))], []);
});
