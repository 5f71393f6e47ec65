import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import * as assert from 'uvu/assert';
import type { Change } from '../../gateways/contract/change.ts';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type LiveWithRedis, withOwnRedis } from './live-own-redis.ts';
import { type Client, type Live, type LiveNode, withLive } from './open-live.ts';

const test = spec<Live>('following an order', withLive(), { deadlineMs: 20_000 });

interface Follower extends Client {
  readonly changes: Change[];
}

async function follower(node: LiveNode, who: Api): Promise<Follower> {
  const client = await node.connect('/storefront', who);
  const changes: Change[] = [];
  client.socket.on('order:changed', (change: Change) => changes.push(change));
  return { ...client, changes };
}

const versionsOf = (changes: readonly Change[]): number[] => changes.map(({ version }) => version);
const from = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, n) => first + n);

test('a buyer sees every version of its order once and in order, and no names', async (live) => {
  const node = await live.another();
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const { id, version } = await live.orderOf(buyer, 'PRICE_CALCULATED');
  const me = await follower(node, buyer);
  const opened = await me.ask('track', { order: id });
  assert.equal([opened.ok, opened.snapshot, opened.order.version], [true, true, version]);
  await buyer.order(id, 'approve', { priceVersion: 1 });
  await operator.order(id, 'capture', { epoch: 0 });
  await operator.order(id, 'start', { epoch: 1 });
  const done = (await operator.order(id, 'complete', { epoch: 1 })).body;
  await until('all are there', () => me.changes.length === 4);
  assert.equal(versionsOf(me.changes), from(version + 1, done.version));
  assert.equal(
    me.changes.map(({ type }) => type),
    ['approved', 'captured', 'manufacturing-started', 'manufacturing-completed'],
  );
  assert.ok(me.changes[1]?.capture?.since);
  assert.not.match(JSON.stringify(me.changes), operator.id);
  assert.equal(me.changes.at(-1)?.waiting.for, 'packer');
});

test('whoever was away gets what it missed, from any version', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const { id, version } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const captured = (await operator.order(id, 'capture', { epoch: 0 })).body;
  const me = await follower(live, buyer);
  const all = await me.ask('track', { order: id, since: 0 });
  assert.equal(versionsOf(all.changes), from(1, captured.version));
  assert.is(all.order.version, captured.version);
  const some = await me.ask('track', { order: id, since: version });
  assert.equal(versionsOf(some.changes), from(version + 1, captured.version));
  const none = await me.ask('track', { order: id, since: captured.version });
  assert.equal(none.changes, []);
  const beyond = await me.ask('track', { order: id, since: 999 });
  assert.equal([beyond.snapshot, beyond.order.version], [true, captured.version]);
  await operator.order(id, 'start', { epoch: 1 });
  await until('the next is there', () => me.changes.length > 0);
  assert.equal(versionsOf(me.changes), [captured.version + 1]);
});

test('who was away for a day gets every version there was, from the log alone', async (live) => {
  const [buyer, boss] = [await live.as('buyer'), await live.as('supervisor')];
  const { id, version } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const CHANGES = 260; // more than is read from the log at once
  for (let n = 0; n < CHANGES; n++)
    assert.is((await boss.order(id, 'set-priority', { priority: 1 + (n % 2) })).status, 200);
  await live.core.redis.call('DEL', [live.core.keys.state('order', id)]);
  const me = await follower(live, buyer);
  const opened = await me.ask('track', { order: id, since: version });
  assert.equal(versionsOf(opened.changes), from(version + 1, version + CHANGES));
  assert.is(opened.order.version, version + CHANGES);
  await boss.order(id, 'set-priority', { priority: 0 });
  await until('the next is there', () => me.changes.length > 0);
  assert.equal(versionsOf(me.changes), [version + CHANGES + 1]);
});

test('changes in the middle of the opening are told once', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north', limit: 50 })];
  for (let round = 0; round < 8; round++) {
    const { id, version } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
    const me = await follower(live, buyer);
    const acting = (async () => {
      await operator.order(id, 'capture', { epoch: 0 });
      await operator.order(id, 'start', { epoch: 1 });
      return (await operator.order(id, 'complete', { epoch: 1 })).body;
    })();
    const opened = await me.ask('track', round % 2 === 0 ? { order: id, since: version } : { order: id });
    const last = (await acting).version;
    await until('the last is there', () => opened.order.version === last || me.changes.at(-1)?.version === last);
    assert.equal(versionsOf(me.changes), from(opened.order.version + 1, last));
    me.socket.close();
  }
});

test('foreign orders are unknown, a guest needs a link, 50 are enough', async (live) => {
  const [buyer, other, south, boss] = [
    await live.as('buyer'),
    await live.as('buyer'),
    await live.as('operator', { site: 'south' }),
    await live.as('supervisor'),
  ];
  const { id } = await live.orderOf(buyer);
  const code = async (who: Api | object, message: object) => {
    const { ask, socket } = await live.connect('/storefront', who as Api);
    const answer = await ask('track', message);
    socket.close();
    return answer.ok ? 'ok' : answer.code;
  };
  assert.is(await code(other, { order: id }), 'not_found');
  assert.is(await code(south, { order: id }), 'not_found');
  assert.is(await code(buyer, { order: randomUUID() }), 'not_found');
  assert.is(await code(boss, { order: id }), 'ok');
  assert.is(await code({}, { order: id }), 'unauthenticated');
  assert.is(await code({}, { order: id, token: 'made-up' }), 'not_found');
  assert.is(await code(buyer, { order: 'x' }), 'invalid');
  assert.is(await code(buyer, { order: id, since: -1 }), 'invalid');
  const ids = [id, ...(await Promise.all(Array.from({ length: 50 }, () => live.orderOf(buyer)))).map((o) => o.id)];
  const me = await follower(live, buyer);
  for (const order of ids.slice(0, 50)) assert.ok((await me.ask('track', { order })).ok);
  const more = await me.ask('track', { order: ids[50] });
  assert.equal([more.code, more.limit], ['too_many', 50]);
  assert.ok((await me.ask('track', { order: ids[3] })).ok);
  assert.ok((await me.ask('untrack', { order: ids[7] })).ok);
  assert.ok((await me.ask('track', { order: ids[50] })).ok);
  await buyer.order(ids[7]!, 'submit');
  await buyer.order(ids[3]!, 'submit');
  await until('the followed one is told', () => me.changes.length > 0);
  assert.equal(
    me.changes.map(({ order }) => order),
    [ids[3]],
  );
});

const own = spec<LiveWithRedis>('following an order through trouble', withOwnRedis, { deadlineMs: 30_000 });

own('every version comes once and in order while Redis is killed and started again', async ({ redis, ...live }) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north', limit: 50 })];
  const { id, version } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const me = await follower(live, buyer);
  await me.ask('track', { order: id });
  let epoch = 0;
  const takeAndGive = async () => {
    assert.is((await operator.order(id, 'capture', { epoch })).status, 200);
    assert.is((await operator.order(id, 'release', { epoch: epoch + 1 })).status, 200);
    epoch += 2;
  };
  await takeAndGive();
  await redis.kill();
  await takeAndGive();
  await until('what happens without Redis is told too', () => me.changes.length === 4);
  const late = await follower(live, buyer);
  const opened = await late.ask('track', { order: id, since: version });
  assert.is(opened.changes.length, 4);
  await redis.restart();
  await takeAndGive();
  await takeAndGive();
  await until('all are there', () => me.changes.length >= 8 && late.changes.length >= 4);
  assert.equal(versionsOf(me.changes), from(version + 1, version + 8));
  assert.equal(versionsOf(late.changes), from(version + 5, version + 8));
  await until('messages come again', async () => {
    const watcher = new Redis(redis.url);
    const [, count] = (await watcher.call('PUBSUB', 'SHARDNUMSUB', live.core.keys.live('order', id))) as [
      string,
      number,
    ];
    watcher.disconnect();
    return count === 1;
  });
});

own('messages lost with a connection are made good when it is back', async ({ redis, ...live }) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const { id, version } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const me = await follower(live, buyer);
  await me.ask('track', { order: id });
  const admin = new Redis(redis.url);
  for (let round = 0, epoch = 0; round < 5; round++, epoch += 2) {
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await operator.order(id, 'capture', { epoch });
    await operator.order(id, 'release', { epoch: epoch + 1 });
    await until('both are there', () => me.changes.length === 2 * (round + 1), 3_000);
  }
  admin.disconnect();
  assert.equal(versionsOf(me.changes), from(version + 1, version + 10));
});
