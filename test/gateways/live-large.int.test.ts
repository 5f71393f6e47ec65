/** Boards of thousands of cards: over a slow line, and beyond what is sent whole. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import type { Snapshot } from '../../gateways/contract/board.ts';
import { cutProxy } from '../_kit/cut-proxy.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BoardClient, boardCaughtUp, type Live, withLive } from './open-live.ts';
import { placeOf } from './placed.ts';

const test = spec<Live>('large boards', withLive(), { deadlineMs: 120_000 });

/** A mobile line far from its mast; a board of 5,000 cards is 2.7 MB. */
const BYTES_PER_SECOND = 250_000;
const PATIENCE_MS = 40_000;

async function filled(live: Live, cards: number): Promise<readonly string[]> {
  const { stop } = live.keep();
  await boardCaughtUp(live);
  await stop(); // these orders are in no log
  const items = Array.from({ length: cards }, (_, n) => ({ ...placeOf(n, 200), load: true }));
  for (let i = 0; i < items.length; i += 500) await live.core.hot.finish(items.slice(i, i + 500));
  return items.map(({ actor }) => actor);
}

const digestOf = async (client: BoardClient): Promise<string> =>
  (await client.client.ask('board:digest', { site: 'north' })).digest;

test('a board of 5,000 cards comes whole over a slow line while frames keep coming', async (live) => {
  const boss = await live.as('supervisor');
  const orders = await filled(live, 5_000);
  const near = new BoardClient(await live.connect('/mes', boss));
  const proxy = await cutProxy(Number(new URL(live.url).port));
  try {
    proxy.throttle(BYTES_PER_SECOND);
    const via = `http://127.0.0.1:${proxy.port}`;
    const far = new BoardClient(await live.connect('/mes', { token: boss.token, via }), 'north', PATIENCE_MS);
    let arrived = false;
    const opening = far.open().finally(() => {
      arrived = true;
    });
    let changes = 0;
    for (; !arrived; changes++) {
      const n = changes % orders.length;
      await live.core.hot.finish([placeOf(n, 200, orders[n], 2 + Math.floor(changes / orders.length))]);
      await sleep(20);
    }
    const snapshot = (await opening) as Snapshot;
    assert.equal([snapshot.lanes.new.items.length, snapshot.counts.new], [200, 5_000]);
    assert.ok(changes > 50, `${changes} changes meanwhile`);
    assert.ok(far.parts.length > 40);
    assert.equal(far.resyncs, []);
    await near.open();
    const digest = await digestOf(near);
    await until('it has the server’s board', () => far.digest() === digest, PATIENCE_MS);
    assert.is(near.digest(), digest);
    assert.equal(far.faults, []);
    assert.ok(far.frames.length > 10, `${far.frames.length} frames came with it`);
  } finally {
    proxy.resume();
    await proxy.close();
  }
});

test('above 10,000 cards the first come at once, the others as pages', async (live) => {
  const boss = await live.as('supervisor');
  const orders = await filled(live, 10_050);
  const board = new BoardClient(await live.connect('/mes', boss));
  const { lanes, counts } = (await board.open()) as Snapshot;
  assert.equal([lanes.new.items.length, counts.new, board.parts], [200, 10_050, []]);
  for (let cursor = lanes.new.next; cursor !== null; ) {
    const page = await board.client.ask('board:page', { site: 'north', lane: 'new', cursor });
    for (const card of page.items) board.places.set(card.order, { version: card.version, lane: card.lane });
    cursor = page.next;
  }
  assert.is(board.places.size, 10_050);
  assert.is(board.digest(), await digestOf(board));
  await live.core.hot.finish([placeOf(0, 200, orders[0], 2)]);
  await until('a change is told as a frame', () => board.places.get(orders[0] ?? '')?.version === 2);
});
