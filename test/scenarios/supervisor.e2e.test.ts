import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { approvedOrder } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { BoardClient } from '../gateways/open-live.ts';
import {
  captured,
  done,
  type Floor,
  heldBy,
  OF_A_STORY,
  ordersIn,
  read,
  refused,
  started,
  timelineOf,
  withFloor,
} from './floor.ts';

const test = spec<Floor>('a supervisor steers the floor', withFloor(), OF_A_STORY);

/** The digest that the node computes is that of the picture which the client has kept. */
async function equalsTheServers(board: BoardClient): Promise<void> {
  await until(`the picture of ${board.site} equals the server’s`, async () => {
    const told = await board.client.ask('board:digest', { site: board.site });
    return told.digest === board.digest();
  });
  assert.equal(board.faults, []);
}

test('an order moved to another site leaves the one board and comes to the other', async (floor) => {
  const { buyer } = floor;
  const boss = await floor.staff('supervisor', { site: 'north' });
  const [north, south] = [await floor.operator(), await floor.operator({ site: 'south' })];
  const [here, there] = [
    new BoardClient(await floor.connect('/mes', north, 0)),
    new BoardClient(await floor.connect('/mes', south, 1), 'south'),
  ];
  await here.open();
  await there.open();
  const { id, version, epoch } = await approvedOrder(buyer);
  await until('north has the card', () => here.places.get(id)?.lane === 'new');
  assert.is(there.places.get(id), undefined);
  refused(await south.order(id, 'capture', { epoch }), 'wrong_site');
  const { price } = await read(buyer, id);

  const moved = done(await boss.order(id, 'move', { site: 'south' }, { at: floor.node(1) }));
  assert.equal([moved.site, moved.price, moved.version], ['south', price, version + 1]);
  await until('north has lost the card', () => here.places.get(id)?.lane === null);
  await until('south has the card', () => there.places.get(id)?.lane === 'new');
  for (const { places } of [here, there]) assert.is(places.get(id)?.version, moved.version);
  await equalsTheServers(here);
  await equalsTheServers(there);

  assert.is((await north.get(`/api/orders/${id}`)).status, 404, 'not north’s to read any more');
  refused(await north.order(id, 'capture', { epoch }), 'wrong_site');
  refused(await boss.order(id, 'move', { site: 'north' }), 'wrong_site');
  done(await south.order(id, 'capture', { epoch }));
  const theirs = await floor.staff('supervisor', { site: 'south' });
  refused(await theirs.order(id, 'move', { site: 'north' }), 'already_captured');
  await until('south’s board shows it in work', () => there.places.get(id)?.lane === 'in_work');
});

test('a higher priority goes up where the urgent come first', async (floor) => {
  const { buyer } = floor;
  const [boss, operator] = [await floor.staff('supervisor', { site: 'north' }), await floor.operator()];
  const orders: string[] = [];
  for (let n = 0; n < 3; n++) orders.push((await approvedOrder(buyer)).id);
  const [a, b, c] = orders;
  const { ask } = await floor.connect('/mes', operator, 1);
  const urgent = async (who: Api): Promise<string[]> =>
    (await ordersIn(who, 'north', 'new', 'urgent', floor.node(0))).filter((id) => orders.includes(id));
  const overTheSocket = async (): Promise<string[]> => {
    const { items } = await ask('board:page', { site: 'north', lane: 'new', sort: 'urgent' });
    return items.map(({ order }: { order: string }) => order).filter((id: string) => orders.includes(id));
  };
  assert.equal(await urgent(operator), [a, b, c], 'of equal priority, the first due');
  assert.is(done(await boss.order(c!, 'set-priority', { priority: 2 })).priority, 2);
  assert.is(done(await boss.order(b!, 'set-priority', { priority: 1 })).priority, 1);
  assert.equal(await urgent(operator), [c, b, a]);
  assert.equal(await overTheSocket(), [c, b, a]);
  done(await boss.order(c!, 'set-priority', { priority: 0 }));
  assert.equal(await urgent(operator), [b, a, c]);
  const { version } = await read(operator, b!);
  assert.is(done(await boss.order(b!, 'set-priority', { priority: 1 })).version, version, 'it is so already');
});

test('a forced release needs a reason and shuts the former holder out', async (floor) => {
  const { buyer, node } = floor;
  const boss = await floor.staff('supervisor', { site: 'north' });
  const [holder, other] = [await floor.operator({ limit: 1 }), await floor.operator()];
  const { id, epoch } = await captured(buyer, holder);
  const bare = await boss.order(id, 'release', { epoch });
  assert.equal([bare.status, bare.body.code, bare.body.errors[0].path], [422, 'invalid', '/reason']);
  refused(await other.order(id, 'release', { epoch }), 'not_holder');

  const free = done(await boss.order(id, 'release', { epoch, reason: 'machine-down' }, { at: node(1) }));
  assert.equal([free.capture, free.epoch, free.status], [null, epoch + 1, 'MANUFACTURING_APPROVED']);
  const late = refused(await holder.order(id, 'start', { epoch }, { at: node(0) }), 'stale_epoch');
  assert.equal([late.epoch, late.holder], [epoch + 1, null]);
  assert.is(await heldBy(boss, holder), 0);
  const last = (await timelineOf(other, id)).at(-1);
  assert.equal([last.type, last.by.id, last.reason], ['released', boss.id, 'machine-down']);
  const taken = done(await other.order(id, 'capture', { epoch: free.epoch }));
  const shutOut = refused(await holder.order(id, 'start', { epoch }), 'stale_epoch');
  assert.equal([shutOut.epoch, shutOut.holder], [taken.epoch, { id: other.id, name: other.name }]);
  assert.is((await captured(buyer, holder)).capture.operator.id, holder.id, 'its only slot is free');
});

test('what was begun stays begun when it is released by force, and another ends it', async (floor) => {
  const { buyer } = floor;
  const boss = await floor.staff('supervisor', { site: 'north' });
  const [holder, other] = [await floor.operator(), await floor.operator()];
  const { id, epoch } = await started(buyer, holder);
  const free = done(await boss.order(id, 'release', { epoch, reason: 'needed-elsewhere' }));
  assert.equal([free.status, free.waiting.for], ['MANUFACTURING_STARTED', 'operators']);
  refused(await holder.order(id, 'complete', { epoch }), 'stale_epoch');
  const taken = done(await other.order(id, 'capture', { epoch: free.epoch }));
  refused(await other.order(id, 'start', { epoch: taken.epoch }), 'wrong_status');
  assert.is(done(await other.order(id, 'complete', { epoch: taken.epoch })).status, 'MANUFACTURING_COMPLETED');
});
