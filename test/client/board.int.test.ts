import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Card } from '../../gateways/contract/card.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { boardCaughtUp } from '../gateways/open-live.ts';
import { assertSame, type ClientWorld, isLive, portOf, shown, withClients } from './open-client.ts';

const test = spec<ClientWorld>('a board that a program keeps', withClients(), { deadlineMs: 60_000 });

test('is the server’s, by digest, after the line was cut again and again and the node was changed', async (world) => {
  const [buyer, operator] = [await world.as('buyer'), await world.as('operator', { site: 'north', limit: 100 })];
  const first = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
  world.keep();
  await boardCaughtUp(world);
  const board = (await world.client({ token: operator.token! })).board('north');
  await isLive(board);
  await shown(board, first.id);
  await assertSame(board);
  const other = await world.another();
  const versions = new Map<string, number>();
  const back: string[] = [];
  board.onChange = () => {
    for (const [order, { version }] of board.picture.places) {
      if (version < (versions.get(order) ?? 0)) back.push(`${order} went back to ${version}`);
      versions.set(order, version);
    }
  };
  for (let round = 0; round < 5; round++) {
    const { id } = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
    if (round === 2) world.front.leadTo(portOf(other.url));
    else world.front.cut();
    await operator.order(id, 'capture', { epoch: 0 });
    await operator.order(id, 'start', { epoch: 1 });
    if (round % 2 === 0) await operator.order(id, 'complete', { epoch: 1 });
    await until('the board has it', () => board.picture.places.get(id)?.card?.status.startsWith('MANUFACTURING'));
  }
  await isLive(board);
  await assertSame(board);
  assert.is(board.picture.places.size, 6);
  assert.equal(back, []);
});

test('that lacks an order is told apart by its digest', async (world) => {
  const [buyer, boss] = [await world.as('buyer'), await world.as('supervisor', { site: 'north' })];
  const { id } = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
  world.keep();
  await boardCaughtUp(world);
  const board = (await world.client({ token: boss.token! })).board('north');
  await isLive(board);
  await assertSame(board);
  (board.picture.places as Map<string, unknown>).delete(id);
  assert.is(await board.digest(), false);
});

test('is read on by pages, and hears nothing more once it is closed', async (world) => {
  const [buyer, boss] = [await world.as('buyer'), await world.as('supervisor', { site: 'north' })];
  const { id } = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
  world.keep();
  await boardCaughtUp(world);
  const client = await world.client({ token: boss.token! });
  const [board, still] = [client.board('north'), (await world.client({ token: boss.token! })).board('north')];
  await Promise.all([isLive(board), isLive(still)]);
  const page = await board.page('new', 'urgent');
  assert.equal([page.items.map(({ order }) => order), page.next, page.counts.new], [[id], null, 1]);
  await board.page('new', 'recent', 'no cursor').then(
    () => assert.unreachable(),
    (error: { code?: string }) => assert.is(error.code, 'invalid'),
  );
  board.close();
  const next = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await until('the other has it', () => still.picture.places.has(next.id));
  assert.is(board.picture.places.has(next.id), false);
});

test('shows what was done at once, and takes back what is refused', async (world) => {
  const [buyer, operator] = [await world.as('buyer'), await world.as('operator', { site: 'north' })];
  const { id } = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
  world.keep();
  await boardCaughtUp(world);
  const client = await world.client({ token: operator.token! });
  const board = client.board('north');
  await shown(board, id);
  const target = { order: id };
  assert.ok((await client.commands.send({ target, type: 'capture', fields: { epoch: 0 } })).ok);
  await until('it is mine', () => board.picture.shown(id)?.capture?.operator.id === operator.id);
  const status = (): string | undefined => board.picture.shown(id)?.status;
  const began = (card: Card): Card => ({ ...card, status: 'MANUFACTURING_STARTED' });

  const tooSoon = board.picture.expect(id, began);
  assert.is(status(), 'MANUFACTURING_STARTED');
  const refused = await client.commands.send({ target, type: 'start', fields: { epoch: 7 } });
  assert.is(refused.ok ? 'done' : refused.code, 'stale_epoch');
  tooSoon.end();
  assert.is(status(), 'MANUFACTURING_APPROVED');

  const started = board.picture.expect(id, began);
  const answer = await client.commands.send({ target, type: 'start', fields: { epoch: 1 } });
  if (answer.ok) started.done(answer.version);
  await until('the board itself says so', () => board.picture.places.get(id)?.card?.status === 'MANUFACTURING_STARTED');
  assert.is(status(), 'MANUFACTURING_STARTED');
  await assertSame(board);
});

test('that is not ours to see says so', async (world) => {
  const south = await world.as('operator', { site: 'south' });
  const client = await world.client({ token: south.token! });
  const told: (string | undefined)[] = [];
  const board = client.board('north');
  board.onState = (state, code) => told.push(state, code);
  await until('it is refused', () => board.state === 'refused');
  assert.equal(told.slice(-2), ['refused', 'forbidden']);
  await client
    .board('nowhere')
    .page('new')
    .then(
      () => assert.unreachable(),
      (error: { code?: string }) => assert.is(error.code, 'not_found'),
    );
  const page = await client.rest.get(`/api/orders/${randomUUID()}`).catch((error: { code?: string }) => error.code);
  assert.is(page, 'not_found');
});
