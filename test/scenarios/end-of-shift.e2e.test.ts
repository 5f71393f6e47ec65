import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { approvedOrder } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
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

const test = spec<Floor>('the end of a shift', withFloor(), OF_A_STORY);

test('what was captured and not begun is let go, what was begun stays', async (floor) => {
  const { buyer, node } = floor;
  const [leaving, staying] = [await floor.operator({ limit: 5 }), await floor.operator()];
  const begun = await started(buyer, leaving);
  const waiting = [await captured(buyer, leaving), await captured(buyer, leaving)];
  const others = await captured(buyer, staying);
  assert.is(await heldBy(staying, leaving), 3);

  assert.is(done(await leaving.post('/api/operators/me/end-shift', {}, { at: node(1) })).operator.onShift, false);
  for (const { id, epoch } of waiting) {
    const free = await until(`${id} is free`, async () => {
      const order = await read(staying, id);
      return order.capture === null && order;
    });
    assert.equal([free.status, free.epoch, free.waiting.for], ['MANUFACTURING_APPROVED', epoch + 1, 'operators']);
    const last = (await timelineOf(staying, id)).at(-1);
    assert.equal([last.type, last.by.role, last.reason], ['released', 'system', 'let-go']);
    refused(await leaving.order(id, 'start', { epoch }), 'stale_epoch');
    assert.ok((await ordersIn(staying, 'north', 'new')).includes(id));
  }
  const kept = await read(staying, begun.id);
  assert.equal([kept.capture.operator.id, kept.epoch, kept.version], [leaving.id, begun.epoch, begun.version]);
  assert.is((await read(staying, others.id)).version, others.version, 'nobody else’s orders are touched');
  assert.equal([await heldBy(staying, leaving), await heldBy(staying, staying)], [1, 1]);

  const more = await approvedOrder(buyer);
  refused(await leaving.order(more.id, 'capture', { epoch: more.epoch }), 'off_shift');
  assert.is(done(await leaving.order(begun.id, 'complete', { epoch: begun.epoch })).status, 'MANUFACTURING_COMPLETED');
  const [first] = waiting;
  const taken = done(await staying.order(first.id, 'capture', { epoch: first.epoch + 1 }));
  assert.is(taken.capture.operator.id, staying.id);
});
