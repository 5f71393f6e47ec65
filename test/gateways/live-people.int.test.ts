import * as assert from 'uvu/assert';
import type { Snapshot } from '../../gateways/contract/board.ts';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BoardClient, boardCaughtUp, type Live, withLive } from './open-live.ts';

const GRACE_MS = 1_500;
const test = spec('people on boards', withLive({ env: { ANDON_GRACE_MS: String(GRACE_MS) } }), { deadlineMs: 40_000 });

async function boardOf(live: Live, who: Api): Promise<BoardClient> {
  live.keep();
  await boardCaughtUp(live);
  const board = new BoardClient(await live.connect('/mes', who));
  await board.open();
  return board;
}

test('who comes and goes is pushed with its name; a snapshot shows who is there, and the grace', async (live) => {
  const [boss, ann] = [await live.as('supervisor', { site: 'north' }), await live.as('operator', { site: 'north' })];
  const board = await boardOf(live, boss);
  assert.is((board.answer as Snapshot).graceMs, GRACE_MS);
  const { socket } = await live.connect('/mes', ann);
  await until('ann is present', () => board.people[ann.id]?.present === true);
  assert.is(board.people[ann.id]?.name, ann.name);
  assert.ok(!(boss.id in board.people), 'only operators are noted');

  const late = new BoardClient(await live.connect('/mes', boss));
  const { people, at } = (await late.open()) as Snapshot;
  assert.equal(people[ann.id], board.people[ann.id]);
  const rest = (await boss.get('/api/boards/north?lane=new')).body;
  assert.equal([rest.people[ann.id], rest.at], [people[ann.id], at]);

  socket.close();
  for (const one of [board, late]) await until('ann is absent', () => one.people[ann.id]?.present === false);
  assert.equal([...board.faults, ...late.faults], []);
});

test('whoever goes on from a position learns who came and went meanwhile', async (live) => {
  const [boss, ann] = [await live.as('supervisor', { site: 'north' }), await live.as('operator', { site: 'north' })];
  const board = await boardOf(live, boss);
  board.client.socket.close();
  await live.connect('/mes', ann);
  await until(
    'ann is present',
    async () => (await boss.get('/api/boards/north?lane=new')).body.people[ann.id]?.present === true,
  );
  const again = new BoardClient(await live.connect('/mes', boss));
  const answer = await again.open({ epoch: board.epoch, at: board.at });
  assert.is(answer.mode, 'frames');
  assert.equal([again.people[ann.id]?.present, again.people[ann.id]?.name], [true, ann.name]);
  assert.equal(again.faults, []);
});

test('operators are listed as present while a socket of theirs is open at whichever node', async (live) => {
  const [boss, ann] = [await live.as('supervisor', { site: 'north' }), await live.as('operator', { site: 'north' })];
  const other = await live.another();
  const { socket } = await other.connect('/mes', ann);
  const { ask } = await live.connect('/mes', ann);
  const isPresent = async (): Promise<boolean> =>
    (await boss.get('/api/operators?site=north')).body.items.find((one: { id: string }) => one.id === ann.id).present;
  await until('ann is present', isPresent);
  assert.is((await ask('command', { operator: 'me', type: 'start-shift', key: 'k' })).operator.present, true);
  socket.close();
  assert.is(await isPresent(), true, 'the other socket is open');
});

test('an order begun whose holder is gone is unattended, for staff and without a new version', async (live) => {
  const [buyer, boss] = [await live.as('buyer'), await live.as('supervisor', { site: 'north' })];
  const ann = await live.as('operator', { site: 'north' });
  await boardOf(live, boss);
  const { socket } = await live.connect('/mes', ann);
  const order = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await ann.order(order.id, 'capture', { epoch: 0 });
  const { version } = (await ann.order(order.id, 'start', { epoch: 1 })).body;
  const path = `/api/orders/${order.id}`;
  assert.is((await boss.get(path)).body.capture.unattended, undefined);
  socket.close();
  await until('it is unattended', async () => (await boss.get(path)).body.capture.unattended === true);
  const left = await boss.get(path);
  assert.equal([left.body.version, left.headers.get('etag')], [version, `"${version}"`]);
  assert.equal([left.body.capture.operator.id, left.body.epoch], [ann.id, 1]);
  assert.is((await buyer.get(path)).body.capture.unattended, undefined);
  await live.connect('/mes', ann);
  await until('it is attended', async () => (await boss.get(path)).body.capture.unattended === undefined);
});
