import { Redis } from 'ioredis';
import * as assert from 'uvu/assert';
import { BoardPage, Digest, Frame, Snapshot } from '../../gateways/contract/board.ts';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type LiveWithRedis, withOwnRedis } from './live-own-redis.ts';
import { BoardClient, boardCaughtUp, type Live } from './open-live.ts';
import { faultsOf } from './strict.ts';

const test = spec<LiveWithRedis>('boards while Redis is in trouble', withOwnRedis, { deadlineMs: 40_000 });

/** Opens again whenever it is asked to, with its position, as clients do. */
class LoyalClient extends BoardClient {
  opening: Promise<unknown> = Promise.resolve();

  follow(): this {
    this.client.socket.on('board:resync', () => {
      this.ready = undefined;
      this.opening = this.opening.then(() => this.open({ epoch: this.epoch, at: this.at }));
    });
    return this;
  }
}

const snapshotOf = (board: BoardClient): Snapshot | undefined =>
  board.answer?.mode === 'snapshot' ? board.answer : undefined;
const isLive = (board: BoardClient): boolean =>
  board.ready !== undefined && snapshotOf(board)?.rebuilding === undefined && snapshotOf(board)?.stale === undefined;

async function equal(board: BoardClient): Promise<void> {
  await until('the client has the server’s board', async () => {
    const { digest, rebuilding, stale } = await board.client.ask('board:digest', { site: 'north' });
    return isLive(board) && rebuilding === undefined && stale === undefined && digest === board.digest();
  });
  assert.equal(board.faults, []);
}

async function opened(live: Live, who: Api): Promise<LoyalClient> {
  await boardCaughtUp(live);
  const board = new LoyalClient(await live.connect('/mes', who)).follow();
  await board.open();
  await until('the board is live', () => isLive(board), 15_000);
  return board;
}

test('who opens a board that is not made yet sees it soon, and goes on live', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const board = new LoyalClient(await live.connect('/mes', operator)).follow();
  assert.is(((await board.open()) as Snapshot).rebuilding, true);
  live.keep();
  await until('the board is live', () => isLive(board), 15_000);
  assert.is(board.resyncs[0]?.reason, 'live');
  const next = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await until('the next is told', () => board.places.has(next.id), 15_000);
  await boardCaughtUp(live);
  await until('it has both', () => board.places.size === 2);
  await equal(board);
});

test('after FLUSHALL all open again and have the same board', async ({ redis, ...live }) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const kept = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  live.keep();
  const board = await opened(live, operator);
  const before = board.epoch;
  const admin = new Redis(redis.url);
  await admin.flushall();
  admin.disconnect();
  await operator.order(kept.id, 'capture', { epoch: 0 });
  await until('it is asked to open again', () => board.resyncs.length > 0, 15_000);
  await until('the board is another', () => isLive(board) && board.epoch !== before, 15_000);
  const next = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await until('the next is told', () => board.places.has(next.id), 15_000);
  await boardCaughtUp(live);
  await until('it has both', () => board.places.size === 2);
  await equal(board);
});

test('a Redis that comes back with an older file shows nobody an older board', async ({ redis, ...live }) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const kept = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const keeper = live.keep();
  const board = await opened(live, operator);
  const admin = new Redis(redis.url);
  await admin.save();
  admin.disconnect();
  await keeper.stop();
  await operator.order(kept.id, 'capture', { epoch: 0 });
  await until('the capture is told', () => board.places.get(kept.id)?.lane === 'in_work');
  await redis.kill();
  await redis.restart();
  const late = new LoyalClient(await live.connect('/mes', operator)).follow();
  await until('Redis is back', async () => (await live.core.redis.call('PING', []).catch(() => '')) === 'PONG');
  const snapshot = (await late.open()) as Snapshot;
  assert.is(snapshot.rebuilding, true);
  const page = await operator.get('/api/boards/north?lane=new');
  assert.is(page.body.rebuilding, true);
  live.keep();
  await until('both are live', () => [board, late].every(isLive), 20_000);
  for (const one of [board, late]) await equal(one);
});

test('while Redis is dead the board goes on from Postgres, marked; then it is live again', async ({
  redis,
  ...live
}) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north', limit: 50 })];
  const first = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  live.keep();
  const board = await opened(live, operator);
  const resyncs = board.resyncs.length;
  await redis.kill();
  await operator.order(first.id, 'capture', { epoch: 0 });
  await until('the capture is told', () => board.places.get(first.id)?.lane === 'in_work', 15_000);
  assert.type((board.frames.at(-1) as Frame).stale, 'number');
  assert.is(board.resyncs.length, resyncs);

  const late = new LoyalClient(await live.connect('/mes', operator)).follow();
  const snapshot = (await late.open()) as Snapshot;
  assert.equal([snapshot.mode, typeof snapshot.stale, snapshot.lanes.in_work.items.length], ['snapshot', 'number', 1]);
  const page = await operator.get('/api/boards/north?lane=in_work');
  assert.equal([page.body.items.length, typeof page.body.stale], [1, 'number']);
  assert.match(page.headers.get('andon-stale') ?? '', /^\d+$/);
  for (const [schema, answer] of [
    [BoardPage, page.body],
    [Snapshot, snapshot],
    [Digest, await late.client.ask('board:digest', { site: 'north' })],
    [Frame, board.frames.at(-1)],
  ] as const)
    assert.equal(faultsOf(schema, answer), []);
  const started = await late.client.ask('command', { order: first.id, type: 'start', key: 'k', epoch: 1 });
  assert.is(started.ok, true);
  await until(
    'both are told',
    () => [board, late].every((one) => one.places.get(first.id)?.version === started.version),
    15_000,
  );

  await redis.restart();
  await until('both are live', () => [board, late].every((one) => isLive(one) && one.epoch === board.epoch), 20_000);
  await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  for (const one of [board, late]) await equal(one);
});

test('a Redis that stands still for a moment costs a gap of time, not of changes', async ({ redis, ...live }) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north', limit: 50 })];
  const first = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  live.keep();
  const board = await opened(live, operator);
  redis.pause();
  await operator.order(first.id, 'capture', { epoch: 0 });
  redis.resume();
  await until('the capture is told', () => board.places.get(first.id)?.lane === 'in_work', 15_000);
  await equal(board);
});

test('a lost connection of the tail is made up for without opening again', async ({ redis, ...live }) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north', limit: 50 })];
  const orders = await Promise.all(Array.from({ length: 5 }, () => live.orderOf(buyer, 'MANUFACTURING_APPROVED')));
  live.keep();
  const board = await opened(live, operator);
  const resyncs = board.resyncs.length;
  const admin = new Redis(redis.url);
  for (const { id } of orders) {
    const tails = String(await admin.client('LIST'))
      .split('\n')
      .filter((line) => / cmd=xread/.test(line));
    for (const line of tails) await admin.client('KILL', 'ID', Number(/^id=(\d+)/.exec(line)?.[1]));
    await operator.order(id, 'capture', { epoch: 0 });
    await until('the capture is told', () => board.places.get(id)?.lane === 'in_work');
  }
  admin.disconnect();
  assert.is(board.resyncs.length, resyncs);
  await equal(board);
});
