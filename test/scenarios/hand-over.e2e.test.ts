import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import {
  captured,
  done,
  type Floor,
  heldBy,
  OF_A_STORY,
  read,
  refused,
  started,
  timelineOf,
  typesOf,
  withFloor,
} from './floor.ts';

const test = spec<Floor>('a hand-over while the giver’s node dies', withFloor(), OF_A_STORY);
const short = spec<Floor>('an offer that nobody takes', withFloor({ env: { ANDON_HAND_OVER_MS: '500' } }), OF_A_STORY);

async function killNode({ product, node }: Floor, n: number): Promise<void> {
  const web = (await product.status()).processes.find(({ type, url }) => type === 'web' && url === node(n));
  assert.ok(web, 'the node runs');
  process.kill(web!.pid, 'SIGKILL');
}

test('the receiver accepts on another node: one holder, and what the giver sends late is of a former epoch', async (floor) => {
  const { buyer, node } = floor;
  const [giver, receiver] = [await floor.operator(), await floor.operator()];
  const { id, epoch } = await started(buyer, giver);
  const line = await floor.connect('/mes', giver, 0);
  const offer = { order: id, type: 'hand-over', key: randomUUID(), epoch, to: receiver.id };
  const offered = await line.ask('command', offer);
  assert.ok(offered.ok, JSON.stringify(offered));
  assert.equal([offered.order.epoch, offered.order.capture.operator.id], [epoch, giver.id]);

  await killNode(floor, 0);
  await until('the giver’s line is gone', () => !line.socket.connected);
  const accepted = done(await receiver.order(id, 'accept-hand-over', { epoch }, { at: node(1) }));
  assert.equal([accepted.epoch, accepted.capture.operator.id], [epoch + 1, receiver.id]);
  assert.is(accepted.status, 'MANUFACTURING_STARTED', 'the work goes on where it was');

  const late = refused(await giver.order(id, 'complete', { epoch }, { at: node(1) }), 'stale_epoch');
  assert.equal([late.epoch, late.holder.id], [epoch + 1, receiver.id]);
  refused(await giver.order(id, 'complete', { epoch: epoch + 1 }, { at: node(1) }), 'not_holder');
  assert.equal([await heldBy(receiver, giver), await heldBy(receiver, receiver)], [0, 1]);

  const again = await until('the killed node is back', () => floor.connect('/mes', giver, 0), 20_000);
  const repeated = await again.ask('command', offer);
  assert.equal([repeated.ok, repeated.version], [true, offered.version], 'the offer’s answer outlives its node');
  const complete = { order: id, type: 'complete', key: randomUUID(), epoch };
  assert.is((await again.ask('command', complete)).code, 'stale_epoch');
  assert.is(done(await receiver.order(id, 'complete', { epoch: epoch + 1 })).status, 'MANUFACTURING_COMPLETED');
  const types = typesOf(await timelineOf(receiver, id));
  assert.equal(types.slice(types.indexOf('captured')), [
    'captured',
    'manufacturing-started',
    'hand-over-offered',
    'handed-over',
    'manufacturing-completed',
  ]);
});

short('after its deadline the offer has lapsed: the giver keeps order and epoch', async (floor) => {
  const { buyer } = floor;
  const [giver, receiver] = [await floor.operator(), await floor.operator()];
  const { id, epoch } = await captured(buyer, giver);
  done(await giver.order(id, 'hand-over', { epoch, to: receiver.id }));
  await until('the offer has lapsed', async () => typesOf(await timelineOf(giver, id)).includes('hand-over-lapsed'));
  refused(await receiver.order(id, 'accept-hand-over', { epoch }), 'nothing_pending');
  const order = await read(receiver, id);
  assert.equal([order.epoch, order.capture.operator.id, order.handOver], [epoch, giver.id, undefined]);
  assert.is(done(await giver.order(id, 'start', { epoch })).status, 'MANUFACTURING_STARTED');
  assert.is(await heldBy(giver, receiver), 0);
});
