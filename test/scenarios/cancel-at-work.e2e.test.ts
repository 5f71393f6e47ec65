import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { approvedOrder } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import {
  captured,
  done,
  type Floor,
  Followed,
  heldBy,
  OF_A_STORY,
  ordersIn,
  read,
  refused,
  started,
  withFloor,
} from './floor.ts';

const REASON = { reason: 'changed-mind' };
const test = spec<Floor>('a buyer cancels while an operator is at it', withFloor(), OF_A_STORY);
const silent = spec<Floor>(
  'nobody answers a request to cancel',
  withFloor({ env: { ANDON_CANCEL_MS: '1000' } }),
  OF_A_STORY,
);

test('the holder accepts: the order is cancelled, gone from the board, and the slot is free', async (floor) => {
  const { buyer } = floor;
  const operator = await floor.operator({ limit: 1 });
  const order = await started(buyer, operator);
  const seen = await Followed.begin(await floor.connect('/storefront', buyer, 1), order.id);
  const asked = done(await buyer.order(order.id, 'request-cancel', REASON, { at: floor.node(1) }));
  assert.equal([asked.status, asked.waiting.for], ['MANUFACTURING_STARTED', 'holder']);
  assert.ok(Date.parse(asked.cancellation.deadline) > Date.parse(asked.cancellation.at));
  const next = await approvedOrder(buyer);
  refused(await operator.order(next.id, 'capture', { epoch: next.epoch }), 'wip_limit');

  assert.is(done(await operator.order(order.id, 'accept-cancel')).status, 'CANCELLED');
  assert.is((await seen.sees('cancelled')).status, 'CANCELLED');
  assert.not((await ordersIn(operator, 'north', 'in_work')).includes(order.id));
  assert.is(await heldBy(operator, operator), 0);
  assert.ok(done(await operator.order(next.id, 'capture', { epoch: next.epoch })).capture);
});

test('the holder refuses: the buyer sees it and the order goes on to its end', async (floor) => {
  const { buyer } = floor;
  const operator = await floor.operator();
  const order = await captured(buyer, operator);
  const seen = await Followed.begin(await floor.connect('/storefront', buyer, 1), order.id);
  done(await buyer.order(order.id, 'request-cancel', REASON));
  refused(await buyer.order(order.id, 'request-cancel', REASON), 'cancel_pending');
  done(await operator.order(order.id, 'refuse-cancel', { reason: 'nearly-done' }));
  const no = await seen.sees('cancel-refused');
  assert.equal([no.cancellation, no.status], [undefined, 'MANUFACTURING_APPROVED']);
  done(await operator.order(order.id, 'start', { epoch: order.epoch }));
  assert.is(done(await operator.order(order.id, 'complete', { epoch: order.epoch })).status, 'MANUFACTURING_COMPLETED');
  assert.is((await seen.sees('manufacturing-completed')).status, 'MANUFACTURING_COMPLETED');
});

silent('at the deadline the question is the CRM’s, the order goes on, and the CRM decides', async (floor) => {
  const { buyer } = floor;
  const [operator, crm] = [await floor.operator(), await floor.staff('crm')];
  const [kept, dropped] = [await started(buyer, operator), await started(buyer, operator)];
  for (const { id } of [kept, dropped]) {
    assert.is(done(await buyer.order(id, 'request-cancel', REASON)).waiting.for, 'holder');
    const late = await until(`${id} waits for the CRM`, async () => {
      const order = await read(crm, id);
      return order.waiting.for === 'crm' && order;
    });
    assert.equal([late.status, late.waiting.reason], ['MANUFACTURING_STARTED', 'cancel-unanswered']);
    assert.is(late.capture.operator.id, operator.id);
  }
  await until('the CRM’s list has both', async () => {
    const { items } = done(await crm.get('/api/orders?waiting=crm'));
    return [kept, dropped].every(({ id }) => items.some((order: { id: string }) => order.id === id));
  });
  for (const { id, epoch } of [kept, dropped]) done(await operator.order(id, 'complete', { epoch }));
  const refusal = done(await crm.order(kept.id, 'refuse-cancel', { reason: 'made-already' }));
  assert.equal([refusal.status, refusal.waiting.for], ['MANUFACTURING_COMPLETED', 'packer']);
  assert.is(done(await crm.order(dropped.id, 'accept-cancel')).status, 'CANCELLED');
  refused(await crm.order(kept.id, 'accept-cancel'), 'nothing_pending');
  assert.is((await read(buyer, dropped.id)).status, 'CANCELLED');
});
