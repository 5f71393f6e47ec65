import { Redis } from 'ioredis';
import * as assert from 'uvu/assert';
import { answersWithin } from '../../src/live/ping.ts';
import { ownRedis } from '../_kit/redis.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('ping');

test('a subscriber answers while its server does, also with channels', async () => {
  const server = await ownRedis();
  const client = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0, autoResubscribe: false });
  client.on('error', () => undefined);
  try {
    assert.is(await answersWithin(client, 100), false);
    await until('it is connected', () => client.status === 'ready');
    await client.ssubscribe('a');
    await client.subscribe('b');
    for (let n = 0; n < 3; n++) assert.is(await answersWithin(client, 1_000), true);
    server.pause();
    assert.is(await answersWithin(client, 100), false);
    server.resume();
    await until('it answers again', () => answersWithin(client, 100));
  } finally {
    client.disconnect();
    await server.close();
  }
});
