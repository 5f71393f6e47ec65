import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import {
  captured,
  completed,
  done,
  type Floor,
  Followed,
  lane,
  OF_A_STORY,
  read,
  refused,
  timelineOf,
  typesOf,
  withFloor,
} from './floor.ts';

const test = spec<Floor>('from the bench to the customer', withFloor({ env: { ANDON_CLOSE_MS: '1000' } }), OF_A_STORY);

test('a hold stops start and complete until it is ended, and its time is told', async (floor) => {
  const { buyer } = floor;
  const [operator, boss] = [await floor.operator(), await floor.staff('supervisor', { site: 'north' })];
  const { id, epoch } = await captured(buyer, operator);
  const hold = async (): Promise<void> => {
    const held = done(await boss.order(id, 'hold', { reason: 'machine-down' }));
    assert.equal([held.hold.reason, held.hold.by.id], ['machine-down', boss.id]);
  };
  await hold();
  refused(await operator.order(id, 'start', { epoch }), 'on_hold');
  refused(await boss.order(id, 'hold', { reason: 'quality' }), 'on_hold');
  assert.is((await read(buyer, id)).hold.by.id, undefined, 'the buyer is not told who');
  done(await boss.order(id, 'resume'));
  done(await operator.order(id, 'start', { epoch }));
  await hold();
  refused(await operator.order(id, 'complete', { epoch }), 'on_hold');
  done(await operator.order(id, 'resume'));
  assert.is(done(await operator.order(id, 'complete', { epoch })).status, 'MANUFACTURING_COMPLETED');
  refused(await boss.order(id, 'resume'), 'nothing_pending');
  const resumed = (await timelineOf(operator, id)).filter(({ type }) => type === 'resumed');
  assert.is(resumed.length, 2);
  assert.ok(resumed.every(({ lastedMs }) => lastedMs >= 0));
});

test('what was badly made is made again, more urgently', async (floor) => {
  const { buyer } = floor;
  const [operator, quality] = [await floor.operator(), await floor.staff('quality', { site: 'north' })];
  const { id, epoch, priority } = await completed(buyer, operator);
  const again = done(await quality.order(id, 'rework', { reason: 'surface' }));
  assert.equal([again.status, again.priority, again.capture], ['MANUFACTURING_APPROVED', priority + 1, null]);
  const card = (await lane(operator, 'north', 'new')).find(({ order }) => order === id);
  assert.equal([card.priority, card.epoch], [priority + 1, again.epoch]);
  refused(await operator.order(id, 'complete', { epoch }), 'wrong_status');
  const taken = done(await operator.order(id, 'capture', { epoch: again.epoch }));
  assert.ok(taken.epoch > epoch, 'a capture of its own');
  done(await operator.order(id, 'start', { epoch: taken.epoch }));
  assert.is(done(await operator.order(id, 'complete', { epoch: taken.epoch })).status, 'MANUFACTURING_COMPLETED');
  const shown = (await timelineOf(buyer, id)).find(({ type }) => type === 'reworked');
  assert.equal([shown.to, shown.reason], ['MANUFACTURING_APPROVED', undefined], 'the flaw is not the buyer’s to see');
});

test('packed, shipped, delivered, closed by its timer; what is said twice makes no version', async (floor) => {
  const { buyer, node } = floor;
  const operator = await floor.operator();
  const packer = await floor.staff('packer', { site: 'north' });
  const carrier = await floor.staff('carrier');
  const { id } = await completed(buyer, operator);
  const seen = await Followed.begin(await floor.connect('/storefront', buyer, 1), id);
  const twice = async (who: typeof packer, command: string, fields: object = {}): Promise<{ version: number }> => {
    const first = await who.order(id, command, fields, { at: node(0) });
    const other = await who.order(id, command, fields, { at: node(1), key: randomUUID() });
    assert.equal(done(other), done(first), `${command} once more`);
    assert.is(other.headers.get('idempotent-replay'), null, 'another key, not a repeat');
    return first.body;
  };
  const packed = await twice(packer, 'pack');
  const parcel = { carrier: 'DHL', tracking: 'JD0001' };
  const shipped = await twice(packer, 'ship', parcel);
  assert.is(shipped.version, packed.version + 1);
  refused(await packer.order(id, 'ship', { ...parcel, tracking: 'JD0002' }), 'wrong_status');
  assert.equal(
    (await lane(operator, 'north', 'made')).filter(({ order }) => order === id),
    [],
    'gone from the board',
  );

  const delivered = done(await carrier.order(id, 'delivered'));
  assert.equal([delivered.status, delivered.version], ['DELIVERED', shipped.version + 1]);
  const closed = await seen.sees('closed');
  assert.equal([closed.status, closed.version], ['CLOSED', delivered.version + 1]);
  assert.ok(Date.parse(closed.at) - Date.parse(delivered.updatedAt) >= 1_000, 'not before its time');
  assert.equal(typesOf(seen.changes), ['packed', 'shipped', 'delivered', 'closed']);
  const { carrier: by, tracking } = (await read(buyer, id)).shipment;
  assert.equal({ carrier: by, tracking }, parcel);
  const late = done(await carrier.order(id, 'delivered'));
  assert.equal([late.status, late.version], ['CLOSED', closed.version], 'told late: it is so already');
  await until('the buyer’s list says so', async () => {
    const { items } = done(await buyer.get('/api/orders?status=CLOSED'));
    return items.some((order: { id: string }) => order.id === id);
  });
});

test('while orders go on, every view is made anew from the command line; how long orders take is told', async (floor) => {
  const { buyer, product, node } = floor;
  const [operator, engineer] = [await floor.operator(), await floor.staff('engineer')];
  let rebuilding = true;
  const made: string[] = [];
  const traffic = (async () => {
    do made.push((await completed(buyer, operator)).id);
    while (rebuilding);
  })();
  const said = (
    await product.andon('rebuild', 'all').finally(() => {
      rebuilding = false;
    })
  )
    .trimEnd()
    .split('\n');
  await traffic;
  for (const view of ['orders', 'board north', 'board south', 'partner-events', 'flow'])
    assert.ok(
      said.some((line) => line.startsWith(`${view}: `) && / 0 different/.test(line)),
      `${view} in ${said.join(' | ')}`,
    );
  assert.match(await product.andon('rebuild', 'boards', '--site', 'south'), /^board south: /);
  await until('the lists know what was made meanwhile', async () => {
    const { items } = done(await operator.get('/api/orders?status=MANUFACTURING_COMPLETED&limit=200'));
    return made.every((id) => items.some((order: { id: string }) => order.id === id));
  });

  await until('the way to the floor is told', async () => {
    const { items } = done(await engineer.get('/api/flow?site=north'));
    return items[0].submittedToStarted?.count >= made.length && items[0].statuses.PRICE_CALCULATED.median > 0;
  });
  const { ask } = await floor.connect('/mes', operator, 1);
  await until('a board tells what is usual', async () => {
    const { usual } = await ask('board:open', { site: 'north' });
    return usual.MANUFACTURING_APPROVED?.median > 0 && usual.MANUFACTURING_APPROVED.p95 > 0;
  });
  const metrics = await (await fetch(`${node(0)}/metrics`)).text();
  assert.match(metrics, /^andon_flow_seconds\{site="north",status="SUBMITTED_TO_STARTED",quantile="0.5"\} /m);
});
