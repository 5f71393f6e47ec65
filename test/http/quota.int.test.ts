import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import type { AndonError } from '../../src/errors.ts';
import { Keys } from '../../src/hot/keys.ts';
import { Redis } from '../../src/hot/redis.ts';
import { Quota } from '../../src/http/quota.ts';
import { type OwnRedis, ownRedis } from '../_kit/redis.ts';
import { spec } from '../_kit/spec.ts';

interface Open {
  readonly server: OwnRedis;
  /** Two nodes that share a Redis: 5 requests in 2 s and as many in a burst, 100 orders in 2 s. */
  readonly a: Quota;
  readonly b: Quota;
}

const test = spec<Open>(
  'quotas',
  async (lend) => {
    const server = await ownRedis();
    const keys = new Keys('t');
    const clients: Redis[] = [];
    const node = async (): Promise<Quota> => {
      const redis = new Redis({ url: server.url, timeoutMs: 1_000 });
      clients.push(redis);
      if (!(await redis.ready(5_000))) throw new Error('Redis did not answer');
      const limits = { requests: { points: 5, seconds: 2 }, orders: { points: 100, seconds: 2 } };
      return new Quota({ redis, prefix: (name) => keys.quota(name), ...limits });
    };
    try {
      await lend({ server, a: await node(), b: await node() });
    } finally {
      for (const client of clients) client.close();
      await server.close();
    }
  },
  { deadlineMs: 20_000 },
);

type Headers = Record<string, string>;

const ignore = (): void => undefined;

async function ask(
  take: (tell: (header: string, value: string) => void) => Promise<void>,
): Promise<{ headers: Headers; refused?: AndonError }> {
  const headers: Headers = {};
  const refused = await take((header, value) => {
    headers[header] = value;
  }).then(
    () => undefined,
    (error: AndonError) => error,
  );
  return refused === undefined ? { headers } : { headers, refused };
}

test('every answer says the policies and what is left', async ({ a }) => {
  const { headers, refused } = await ask((tell) => a.request('p', tell));
  assert.is(refused, undefined);
  assert.is(headers['RateLimit-Policy'], '"requests";q=5;w=2, "orders";q=100;w=2');
  assert.is(headers['RateLimit'], '"requests";r=4;t=2');
  const orders = await ask((tell) => a.order('p', 30, tell));
  assert.is(orders.headers['RateLimit'], '"orders";r=70;t=2');
});

test('nodes count together: beyond the rate and its burst one is refused, and told when to come again, truly', async ({
  a,
  b,
}) => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => ask((tell) => (n % 2 ? a : b).request('p', tell))),
  );
  const refused = answers.flatMap((answer) => answer.refused ?? []);
  assert.is(refused.length, 30, 'five and a burst of five are let through');
  for (const { code, details } of refused)
    assert.equal([code, details['limit'], details['quota']], ['too_many', 5, 'requests']);
  const seconds = refused[0]?.details['retryAfterSeconds'] as number;
  assert.ok(seconds >= 1 && seconds <= 2);
  await sleep(seconds * 1_000); // what Retry-After promises is that this long is long enough
  await a.request('p', ignore);
});

test('a batch is counted whole or not at all, and fits when told', async ({ a }) => {
  await a.order('p', 90, ignore);
  const { refused, headers } = await ask((tell) => a.order('p', 20, tell));
  assert.equal([refused?.code, refused?.details['limit']], ['too_many', 100]);
  const seconds = refused?.details['retryAfterSeconds'] as number;
  assert.is(headers['RateLimit'], `"orders";r=10;t=${seconds}`);
  await a.order('p', 10, ignore);
  await sleep(seconds * 1_000);
  await a.order('p', 100, ignore);
});

test('what one partner asks counts against no other', async ({ a }) => {
  await Promise.allSettled(Array.from({ length: 50 }, () => a.request('loud', ignore)));
  const { headers, refused } = await ask((tell) => a.request('quiet', tell));
  assert.equal([refused, headers['RateLimit']], [undefined, '"requests";r=4;t=2']);
});

test('while Redis is away each node counts by itself, and partners are served', async ({ a, server }) => {
  await server.kill();
  const answers = await Promise.all(Array.from({ length: 40 }, () => ask((tell) => a.request('p', tell))));
  assert.is(answers.filter(({ refused }) => refused === undefined).length, 10);
  for (const { refused } of answers) assert.ok(refused === undefined || refused.code === 'too_many');
});
