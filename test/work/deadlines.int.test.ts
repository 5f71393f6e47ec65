import * as assert from 'uvu/assert';
import type { OrderState } from '../../actors/order/state.ts';
import { waiting } from '../../actors/order/waiting.ts';
import { Jobs } from '../../src/work/jobs.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BUYER, creation, person, signed } from '../runtime/works.ts';
import { withDeadlines } from './with-deadlines.ts';

const SHORT = { ANDON_CANCEL_MS: '400', ANDON_HAND_OVER_MS: '400', ANDON_CLOSE_MS: '400' };
const test = spec('deadlines at work', withDeadlines(SHORT), { deadlineMs: 30_000 });
const expiry = spec('expiry at work', withDeadlines({ ANDON_EXPIRE_MS: '400' }), { deadlineMs: 30_000 });
const CRM = person('crm');
const over = async (timers: () => Promise<readonly { state: string }[]>): Promise<void> => {
  await until('no timer runs', async () => (await timers()).every(({ state }) => !['due', 'running'].includes(state)));
};

expiry('an order that nobody submits expires, and its timer is done', async ({ works, work, timers, happened }) => {
  const created = creation();
  await works.must(works.send(created));
  work();
  await happened(created.actor, 'expired');
  assert.is((await works.stateOf(created.actor)).state.status, 'EXPIRED');
  const [timer, ...more] = await timers(created.actor);
  assert.equal([timer!.payload.name, timer!.state, more], ['expire', 'done', []]);
});

expiry('an order that was submitted in time does not: its timer ends obsolete', async (at) => {
  const { works, work, timers } = at;
  const actor = await works.approved();
  const { version } = await works.stateOf(actor);
  work();
  await until('the timer is over', async () => (await timers(actor))[0]!.state === 'obsolete');
  assert.is((await timers(actor))[0]!.outcome, 'wrong_status');
  assert.is((await works.stateOf(actor)).version, version);
});

test('no timer is looked at before its time', async ({ works, work, timers }) => {
  const actor = await works.approved();
  work();
  const [operator] = await works.crew(1);
  await works.must(works.order(actor, operator!, { type: 'capture', epoch: 0 }));
  await works.must(works.order(actor, BUYER, { type: 'request-cancel', reason: 'changed-mind' }));
  await until('the deadline has passed', async () => (await timers(actor)).at(-1)!.state === 'done');
  const [expire, price, cancellation] = await timers(actor);
  assert.equal([expire!.payload.name, expire!.state, expire!.attempt], ['expire', 'due', 0]);
  assert.equal([price!.payload.name, price!.state, price!.attempt], ['price', 'due', 0]);
  assert.equal([cancellation!.payload.name, cancellation!.attempt], ['cancellation', 1]);
  const DAY = 86_400_000;
  assert.ok(Math.abs(expire!.ahead - 7 * DAY) < 60_000 && Math.abs(price!.ahead - DAY) < 60_000);
});

test('a price expires while the buyer looks: it is told, and asks anew', async (at) => {
  const { works, work, priced, happened } = at;
  const created = creation();
  const { actor } = created;
  await works.must(works.send(created));
  await priced(actor, 400);
  work();
  await happened(actor, 'price-expired');
  const { state } = await works.stateOf(actor);
  assert.equal([state.status, waiting(state).reason], ['PRICE_CALCULATED', 'price-expired']);
  const late = await works.order(actor, BUYER, { type: 'approve', priceVersion: 1 });
  assert.is(late.ok ? 'ok' : late.code, 'price_expired');
  const asked = await works.must(works.order(actor, BUYER, { type: 'requote' }));
  assert.ok(['SUBMITTED', 'PRICING', 'PRICE_FAILED'].includes((asked.state as OrderState).status));
});

test('silence to a request to cancel: the question goes to CRM, the order goes on', async (at) => {
  const { works, work, captured, happened } = at;
  const [operator] = await works.crew(1);
  const actor = await captured(operator!);
  await works.must(works.order(actor, operator!, { type: 'start', epoch: 1 }));
  work();
  await works.must(works.order(actor, BUYER, { type: 'request-cancel', reason: 'changed-mind' }));
  await happened(actor, 'cancel-escalated');
  const { state } = await works.stateOf(actor);
  assert.equal([waiting(state).for, state.capture?.operator], ['crm', operator!.id]);
  await works.must(works.order(actor, operator!, { type: 'complete', epoch: 1 }));
  const cancelled = await works.must(works.order(actor, CRM, { type: 'accept-cancel' }));
  assert.is((cancelled.state as OrderState).status, 'CANCELLED');
  assert.is((await works.claims(`slot:${operator!.id}:`)).size, 0);
});

test('the deadline of a question that was answered in time is ignored', async (at) => {
  const { works, work, captured, timers } = at;
  const [operator] = await works.crew(1);
  const actor = await captured(operator!);
  await works.must(works.order(actor, BUYER, { type: 'request-cancel', reason: 'changed-mind' }));
  await works.must(works.order(actor, operator!, { type: 'refuse-cancel', reason: 'nearly-done' }));
  const { version } = await works.stateOf(actor);
  work();
  await until('the timer is over', async () => (await timers(actor)).at(-1)!.state === 'obsolete');
  assert.is((await timers(actor)).at(-1)!.outcome, 'nothing_pending');
  assert.is((await works.stateOf(actor)).version, version);
});

test('an offer lapses; the older timer of two offers ends only its own', async (at) => {
  const { works, work, captured, happened, timers } = at;
  const [giver, taker] = await works.crew(2);
  const actor = await captured(giver!);
  await works.must(works.order(actor, giver!, { type: 'hand-over', epoch: 1, to: taker!.id }));
  await works.must(works.order(actor, taker!, { type: 'decline-hand-over', epoch: 1 }));
  await works.must(works.order(actor, giver!, { type: 'hand-over', epoch: 1, to: taker!.id }));
  work();
  await happened(actor, 'hand-over-lapsed');
  const [first, second] = (await timers(actor)).filter(({ payload }) => payload.name === 'hand-over');
  assert.equal([first!.payload.version, first!.state, first!.outcome], [7, 'obsolete', 'nothing_pending']);
  assert.equal([second!.payload.version, second!.state], [9, 'done']);
  const { state } = await works.stateOf(actor);
  assert.equal([state.capture?.operator, state.epoch, state.handOver], [giver!.id, 1, undefined]);
  const late = await works.order(actor, taker!, { type: 'accept-hand-over', epoch: 1 });
  assert.is(late.ok ? 'ok' : late.code, 'nothing_pending');
});

test('accepted in time: slots change hands and the offer’s timer ends obsolete', async (at) => {
  const { works, work, captured, timers } = at;
  const [giver, taker] = await works.crew(2, 1);
  const actor = await captured(giver!);
  await works.must(works.order(actor, giver!, { type: 'hand-over', epoch: 1, to: taker!.id }));
  await works.must(works.order(actor, taker!, { type: 'accept-hand-over', epoch: 1 }));
  assert.is((await works.claims(`slot:${giver!.id}:`)).size, 0);
  assert.equal([...(await works.claims(`slot:${taker!.id}:`)).values()], [actor]);
  work();
  await until('the timer is over', async () => (await timers(actor)).at(-1)!.state === 'obsolete');
  assert.is((await works.stateOf(actor)).state.capture?.operator, taker!.id);
});

test('a delivered order is closed, whichever node’s worker is alive by then', async (at) => {
  const { works, work, captured, happened, timers } = at;
  const [operator] = await works.crew(1);
  const actor = await captured(operator!);
  await works.must(works.order(actor, operator!, { type: 'start', epoch: 1 }));
  await works.must(works.order(actor, operator!, { type: 'complete', epoch: 1 }));
  await works.must(works.order(actor, person('packer'), { type: 'pack' }));
  await works.must(works.order(actor, person('packer'), { type: 'ship', carrier: 'DHL', tracking: '1' }));
  const first = work(works.nodes[0]);
  await works.must(works.order(actor, CRM, { type: 'delivered' }));
  await first.stop();
  work(works.nodes[1]);
  await happened(actor, 'closed');
  assert.is((await works.stateOf(actor)).state.status, 'CLOSED');
  assert.is((await timers(actor)).at(-1)!.state, 'done');
});

test('a timer whose worker has died is taken over, and tells once', async ({
  works,
  work,
  captured,
  happened,
  timers,
}) => {
  const [operator] = await works.crew(1);
  const actor = await captured(operator!);
  await works.must(works.order(actor, BUYER, { type: 'request-cancel', reason: 'changed-mind' }));
  const dead = new Jobs(works.nodes[0]!.core.pool, { worker: 'dead', leaseMs: 1 });
  await until('the dead worker has it', async () => (await dead.claim(['timer'], 9)).length > 0);
  work(works.nodes[2]);
  await happened(actor, 'cancel-escalated');
  const timer = (await timers(actor)).at(-1)!;
  assert.equal([timer.state, timer.attempt], ['done', 2]);
  const { version } = await works.stateOf(actor);
  assert.is(version, 8);
});

test('at the end of a shift what was not begun becomes free, what was begun stays', async (at) => {
  const { works, work, captured, timers } = at;
  const [operator] = await works.crew(1, 3);
  const [idle, begun, other] = [await captured(operator!), await captured(operator!), await captured(operator!)];
  await works.must(works.order(begun, operator!, { type: 'start', epoch: 1 }));
  work();
  await works.must(works.send(signed('operator', operator!.id, operator!, { type: 'end-shift' })));
  await over(() => timers(operator!.id));
  const [job] = await timers(operator!.id);
  assert.equal([job!.kind, job!.state], ['let-go', 'done']);
  for (const actor of [idle, other]) {
    const { state } = await works.stateOf(actor);
    assert.equal([state.capture, state.status, state.epoch], [null, 'MANUFACTURING_APPROVED', 2]);
  }
  assert.is((await works.stateOf(begun)).state.capture?.operator, operator!.id);
  assert.equal([...(await works.claims(`slot:${operator!.id}:`)).values()], [begun]);
});

test('who is back at work before the job looks keeps everything', async ({ works, work, captured, timers }) => {
  const [operator] = await works.crew(1);
  const actor = await captured(operator!);
  await works.must(works.send(signed('operator', operator!.id, operator!, { type: 'end-shift' })));
  await works.must(works.send(signed('operator', operator!.id, operator!, { type: 'start-shift' })));
  work();
  await over(() => timers(operator!.id));
  assert.is((await works.stateOf(actor)).state.capture?.operator, operator!.id);
});
