import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { Redis } from '../../src/hot/redis.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { withOwnHot } from './open-hot.ts';

const test = spec('redis', withOwnHot(60), { deadlineMs: 20_000 });

/** Where the time limit is not what is tested. */
const PATIENT = { limitMs: 5_000 };

const codeAndMs = async (promise: Promise<unknown>): Promise<{ code: string; ms: number }> => {
  const start = performance.now();
  const code = await promise.then(() => 'ok', codeOf);
  return { code, ms: performance.now() - start };
};

const causeOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: Error) => error.cause);

test('a silent server counts as gone after the time limit', async ({ redis, server }) => {
  server.pause();
  const { code, ms } = await codeAndMs(redis.call('PING', []));
  assert.is(code, 'redis_away');
  // A timer counts from when its turn of the event loop began, which may lie a while back.
  assert.ok(ms >= 20 && ms < 1_000, `${ms} ms`);
});

test('after five failures calls fail at once, and work soon after the server answers again', async ({
  redis,
  server,
}) => {
  server.pause();
  await Promise.all([1, 2, 3, 4, 5].map(() => codeAndMs(redis.call('PING', []))));
  assert.ok(redis.away);
  for (let i = 0; i < 100; i += 1) assert.is(await causeOf(redis.call('PING', [])), 'the breaker is open');
  server.resume();
  await until('the breaker lets calls through', async () => (await codeAndMs(redis.call('PING', []))).code === 'ok');
  assert.not(redis.away);
});

test('the reply that comes after the time limit reaches only the one who waits for late replies', async (open) => {
  const { redis, server } = open;
  const late: unknown[] = [];
  server.pause();
  const lost = redis.call('ECHO', ['lost'], { late: (reply) => late.push(reply) });
  assert.is((await codeAndMs(lost)).code, 'redis_away');
  const second = redis.call('ECHO', ['second'], PATIENT);
  server.resume();
  assert.is(await second, 'second');
  assert.equal(late, ['lost']);
  assert.is(await redis.call('ECHO', ['third'], PATIENT), 'third');
});

test('an answer that was there while this process was busy is not late', async ({ redis }) => {
  const answer = redis.call('PING', []);
  await new Promise(setImmediate); // it is on its way
  for (const end = performance.now() + 200; performance.now() < end; );
  assert.is(await answer, 'PONG');
});

test('a dead server fails at once, and a new one is found', async ({ redis, server }) => {
  await server.kill();
  await until('the loss is noticed', () => redis.away);
  assert.is((await codeAndMs(redis.call('PING', []))).code, 'redis_away');
  await server.restart();
  await until('it is connected again', async () => (await codeAndMs(redis.call('PING', []))).code === 'ok');
});

test('a connection that stays silent is given up and made anew', async ({ redis, server, look }) => {
  const id = await redis.call('CLIENT', ['ID'], PATIENT);
  server.pause();
  await codeAndMs(redis.call('PING', []));
  await until('the connection is given up', () => redis.away, 5_000);
  server.resume();
  await until('it is back', async () => (await codeAndMs(redis.call('PING', []))).code === 'ok');
  assert.is.not(await redis.call('CLIENT', ['ID'], PATIENT), id);
  assert.is(await look.ping(), 'PONG');
});

test('an error reply is a bug of ours, and does not trip the breaker', async ({ redis }) => {
  for (let i = 0; i < 20; i += 1)
    assert.is((await codeAndMs(redis.call('HGET', ['too few'], PATIENT))).code, 'redis_refused');
  assert.is(await redis.call('PING', [], PATIENT), 'PONG');
});

test('a server that may not take writes counts as gone', async ({ redis, look }) => {
  await look.config('SET', 'maxmemory', '1');
  assert.is((await codeAndMs(redis.call('SET', ['k', 'v'], PATIENT))).code, 'redis_away');
  await look.config('SET', 'maxmemory', '0');
});

test('it may be away at the start', async ({ server }) => {
  await server.kill();
  const early = new Redis({ url: server.url, timeoutMs: 60 });
  try {
    assert.is(await early.ready(100), false);
    assert.is((await codeAndMs(early.call('PING', []))).code, 'redis_away');
    await server.restart();
    assert.is(await early.ready(5_000), true);
    assert.is(await early.call('PING', [], PATIENT), 'PONG');
  } finally {
    early.close();
  }
});
