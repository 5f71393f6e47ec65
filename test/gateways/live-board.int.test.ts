import * as assert from 'uvu/assert';
import type { Snapshot } from '../../gateways/contract/board.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BoardClient, boardCaughtUp, type Live, withLive } from './open-live.ts';
import { placeOf } from './placed.ts';

const test = spec<Live>('boards over sockets', withLive(), { deadlineMs: 40_000 });

/** A board that is live: the keeper has made it. */
async function liveBoard(live: Live, who: Awaited<ReturnType<Live['as']>>): Promise<BoardClient> {
  live.keep();
  await boardCaughtUp(live);
  const board = new BoardClient(await live.connect('/mes', who));
  await board.open();
  return board;
}

const serverDigest = (board: BoardClient) => board.client.ask('board:digest', { site: board.site });

async function assertEqual(board: BoardClient): Promise<void> {
  const { digest, at } = await serverDigest(board);
  await until('the client has caught up', () => board.at === at);
  assert.is(board.digest(), digest);
  assert.equal(board.faults, []);
}

test('a snapshot and the frames after it are the server’s board', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const first = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const board = await liveBoard(live, operator);
  const opened = board.answer as Snapshot;
  assert.equal(
    [opened.mode, opened.counts, opened.lanes.new.items[0]?.order],
    ['snapshot', { new: 1, in_work: 0, made: 0 }, first.id],
  );
  assert.is(board.ready?.digest, board.digest());
  assert.is(board.ready?.at, opened.at);

  const orders = await Promise.all(Array.from({ length: 6 }, () => live.orderOf(buyer, 'MANUFACTURING_APPROVED')));
  await operator.order(first.id, 'capture', { epoch: 0 });
  await operator.order(first.id, 'start', { epoch: 1 });
  await buyer.order(orders[0]!.id, 'request-cancel', { reason: 'no-longer-needed' });
  await assertEqual(board);
  assert.ok(board.frames.length > 1);
  const card = board.frames.flatMap(({ changes }) => changes).find(({ order }) => order === first.id)?.card;
  assert.is(card?.capture?.operator.name, operator.name);
});

test('whoever goes on from a position gets exactly what it missed', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const kept = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const board = await liveBoard(live, operator);
  board.client.socket.close();
  const missed = [
    await live.orderOf(buyer, 'MANUFACTURING_APPROVED'),
    await live.orderOf(buyer, 'MANUFACTURING_APPROVED'),
  ];

  const again = new BoardClient(await live.connect('/mes', operator));
  for (const [order, place] of board.places) again.places.set(order, place);
  const answer = await again.open({ epoch: board.epoch, at: board.at });
  assert.is(answer.mode, 'frames');
  const told =
    answer.mode === 'frames' ? answer.frames.flatMap(({ changes }) => changes.map(({ order }) => order)) : [];
  assert.equal(told.sort(), missed.map(({ id }) => id).sort());
  assert.ok(again.places.has(kept.id));
  await operator.order(missed[0]!.id, 'capture', { epoch: 0 });
  await assertEqual(again);

  const none = new BoardClient(await live.connect('/mes', operator));
  const nothing = await none.open({ epoch: again.epoch, at: again.at });
  // Who comes and goes may be told meanwhile; of orders there is nothing new.
  assert.equal(nothing.mode === 'frames' && nothing.frames.flatMap(({ changes }) => changes), []);
  for (const resume of [
    { epoch: 'another', at: again.at },
    { epoch: again.epoch, at: '1-1' },
  ])
    assert.is((await new BoardClient(await live.connect('/mes', operator)).open(resume)).mode, 'snapshot');
});

test('many who come while it changes all end with the same board, without a gap', async (live) => {
  const [buyer, boss] = [await live.as('buyer'), await live.as('supervisor', { site: 'north' })];
  const operator = await live.as('operator', { site: 'north', limit: 1_000 });
  const first = await liveBoard(live, boss);
  const orders = await Promise.all(Array.from({ length: 12 }, () => live.orderOf(buyer, 'MANUFACTURING_APPROVED')));
  const boards: BoardClient[] = [first];
  const work = Promise.all(
    orders.map(async ({ id }) => {
      await operator.order(id, 'capture', { epoch: 0 });
      await operator.order(id, 'start', { epoch: 1 });
      await operator.order(id, 'complete', { epoch: 1 });
    }),
  );
  for (let n = 0; n < 8; n++) {
    const board = new BoardClient(await live.connect('/mes', boss));
    boards.push(board);
    await board.open();
  }
  await work;
  for (const board of boards) await assertEqual(board);
  assert.is((await serverDigest(first)).counts.made, 12);
});

test('the rest of a long lane comes in parts, then ready', async (live) => {
  const { core } = live;
  const boss = await live.as('supervisor');
  const board = await liveBoard(live, boss);
  await core.hot.finish(Array.from({ length: 450 }, (_, n) => placeOf(n, 400)));
  await until('they are told', () => board.places.size === 450);
  const late = new BoardClient(await live.connect('/mes', boss));
  const opened = (await late.open()) as Snapshot;
  assert.equal([opened.lanes.new.items.length, opened.lanes.new.count], [200, 450]);
  assert.is(late.parts.flatMap(({ items }) => items).length, 250);
  assert.ok(late.parts.length > 2);
  for (const part of late.parts) assert.ok(JSON.stringify(part).length < 64 * 1024);
  assert.is(late.ready?.digest, late.digest());
  await assertEqual(late);
  await assertEqual(board);
  const page = await late.client.ask('board:page', { site: 'north', lane: 'new', cursor: opened.lanes.new.next });
  assert.equal([page.ok, page.items.length, page.counts.new], [true, 200, 450]);
});

test('a board is for those who work there, and ends when closed', async (live) => {
  const [south, buyer, north] = [
    await live.as('operator', { site: 'south' }),
    await live.as('buyer'),
    await live.as('operator', { site: 'north' }),
  ];
  const { ask } = await live.connect('/mes', south);
  assert.is((await ask('board:open', { site: 'north' })).code, 'forbidden');
  assert.is((await ask('board:page', { site: 'north', lane: 'new' })).code, 'forbidden');
  assert.is((await ask('board:open', { site: 'nowhere' })).code, 'not_found');
  const board = await liveBoard(live, north);
  assert.equal(await board.client.ask('board:close', { site: 'north' }), { ok: true });
  const other = new BoardClient(await live.connect('/mes', north));
  await other.open();
  await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await until('the other has its frame', () => other.frames.length > 0);
  assert.is(board.frames.length, 0);
});

test('who does not read is left out, and opens again once it does; others notice nothing', async (live) => {
  const boss = await live.as('supervisor');
  const [slow, quick] = [await liveBoard(live, boss), new BoardClient(await live.connect('/mes', boss))];
  await quick.open();
  const engine = slow.client.socket.io.engine as unknown as { transport: { ws: { pause(): void; resume(): void } } };
  engine.transport.ws.pause();
  for (let n = 0; n < 25; n++) {
    await live.core.hot.finish(Array.from({ length: 64 }, (_, i) => placeOf(n * 64 + i, 10_000)));
    await until('the quick one has it', () => quick.places.size === (n + 1) * 64);
  }
  engine.transport.ws.resume();
  await until('it is asked to open again', () => slow.resyncs.length > 0);
  assert.is(slow.resyncs[0]?.reason, 'slow');
  await slow.open({ epoch: slow.epoch, at: slow.at });
  for (const board of [slow, quick]) await assertEqual(board);
});
