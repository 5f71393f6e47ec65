import * as assert from 'uvu/assert';
import { Redis } from '../../src/hot/redis.ts';
import { lookAtRedis } from '../../src/launcher/look-at-redis.ts';
import { Health } from '../../src/telemetry/health.ts';
import { lendRedis, ownRedis } from '../_kit/redis.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('a Redis that was given');

async function said(url: string): Promise<string> {
  const lines: string[] = [];
  await lookAtRedis(url, (line) => lines.push(line));
  return lines.join('\n');
}

test('is told of when it does not answer or does not let us in, without the password', async () => {
  assert.match(
    await said('redis://:secret@127.0.0.1:1'),
    /Redis at 127\.0\.0\.1:1 \(REDIS_URL\) can't be used: .*ECONNREFUSED/,
  );
  const own = await ownRedis();
  try {
    const wrong = new URL(own.url);
    wrong.password = 'wrong';
    const text = await said(wrong.href);
    assert.match(text, /WRONGPASS/);
    assert.not.match(text, 'wrong@');
  } finally {
    await own.close();
  }
});

test('is not mentioned when it is as it should be', async () => {
  const { url, close } = await lendRedis();
  assert.is(await said(url), '');
  await close();
});

test('that may evict boards is told of when we start, and makes a node degraded', async () => {
  const own = await ownRedis({ 'maxmemory-policy': 'allkeys-lru' });
  const redis = new Redis({ url: own.url, timeoutMs: 1_000 });
  try {
    assert.match(await said(own.url), /allkeys-lru.*boards would lose cards/);
    assert.ok(await redis.ready(5_000));
    const pool = { query: async () => ({ rows: [] }) } as never;
    const health = new Health({ pool, redis, broker: undefined, degraded: () => ['tariffs'] });
    assert.equal((await health.report()).degraded, ['redis_evicts', 'tariffs']);
  } finally {
    redis.close();
    await own.close();
  }
});
