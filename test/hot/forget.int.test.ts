import { Redis as Client } from 'ioredis';
import * as assert from 'uvu/assert';
import { forgetAll } from '../../src/hot/forget.ts';
import { Keys } from '../../src/hot/keys.ts';
import { Redis } from '../../src/hot/redis.ts';
import { lendRedis } from '../_kit/redis.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('an adopted log makes Redis forget');

test('every key under our prefix, and none of whoever shares the server', async () => {
  const { url, prefix, close } = await lendRedis();
  const client = new Client(url);
  const redis = new Redis({ url, timeoutMs: 1_000 });
  try {
    assert.ok(await redis.ready(5_000));
    // As patterns these would mean each other's keys.
    const others = [`${prefix}-2:b:{north}:meta`, `${prefix}x:duty`, `x${prefix}:duty`];
    for (const name of ['*', '[a-z]', '?']) {
      const ours = `${prefix}${name}`;
      await Promise.all(Array.from({ length: 1_500 }, (_, n) => client.set(`${ours}:k:${n}`, n)));
      for (const other of others) await client.set(other, 1);
      assert.is(await forgetAll(redis, new Keys(ours)), 1_500, name);
      for (const other of others) assert.is(await client.exists(other), 1, `${name}: ${other}`);
      assert.is(await forgetAll(redis, new Keys(ours)), 0);
    }
    await client.unlink(`x${prefix}:duty`);
  } finally {
    redis.close();
    client.disconnect();
    await close();
  }
});
