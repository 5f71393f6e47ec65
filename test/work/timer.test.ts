import * as assert from 'uvu/assert';
import { letGoHandler } from '../../gateways/work/let-go.ts';
import { timerHandler } from '../../gateways/work/timer.ts';
import { AndonError, codeOf } from '../../src/errors.ts';
import type { Answer, Envelope } from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import type { Job } from '../../src/work/jobs.ts';
import { spec } from '../_kit/spec.ts';
import { OneOrder } from './one-order.ts';

const test = spec('timer and let-go jobs');
const sign = (envelope: Omit<Envelope, 'hash'>): string => commandHash('a secret of at least 32 characters', envelope);
const run = (order: OneOrder, payload: unknown, change: Partial<Job> = {}) =>
  timerHandler({ send: (envelope) => order.send(envelope), sign }).run(
    { ...order.job, kind: 'timer', payload, ...change },
    new AbortController().signal,
  );
const ask = (order: OneOrder): void =>
  order.apply({
    type: 'price-set',
    reason: 'shape',
    price: { version: 1, amount: 1, currency: 'EUR', lines: [], validUntil: '', tariff: '' },
  });

test('a deadline is told as the system, and the append that takes it finishes the job', async () => {
  const order = new OneOrder();
  ask(order);
  assert.is(await run(order, { order: order.id, name: 'price', version: 1 }), undefined);
  assert.is(order.state.price?.expired, true);
  assert.equal(order.done, [order.job.id]);
  assert.equal(order.sent[0]!.issuer, { role: 'system', roles: ['system'], id: order.job.id, tenant: 'system' });
});

test('a second attempt of a drive says the same, another drive says it anew', async () => {
  const order = new OneOrder();
  ask(order);
  const payload = { order: order.id, name: 'price', version: 1 };
  await run(order, payload);
  assert.is(await run(order, payload, { attempt: 2 }), undefined);
  assert.equal(await run(order, payload, { drive: 1 }), { obsolete: 'nothing_pending' });
  const [first, second, third] = order.sent.map(({ commandId }) => commandId);
  assert.is(first, second);
  assert.is.not(first, third);
});

test('what does not apply any more makes the job obsolete, with the reason', async () => {
  const order = new OneOrder();
  const { version } = order;
  assert.equal(await run(order, { order: order.id, name: 'expire', version: 1 }), { obsolete: 'wrong_status' });
  assert.equal(await run(order, { order: order.id, name: 'cancellation', version: 7 }), {
    obsolete: 'nothing_pending',
  });
  assert.is(order.version, version);
});

test('a payload that names no order or no timer is a fault of the job', async () => {
  const order = new OneOrder();
  for (const payload of [null, {}, { order: order.id, version: 1 }, { order: order.id, name: 'lunch', version: 1 }]) {
    assert.is(await run(order, payload).then(String, codeOf), 'bad_job');
  }
  assert.equal(order.sent, []);
});

test('where the order can’t be asked the job is tried again', async () => {
  const order = new OneOrder();
  order.away = new AndonError('unavailable', 'no');
  const payload = { order: order.id, name: 'price', version: 1 };
  assert.is(await run(order, payload).then(String, codeOf), 'unavailable');
});

test('every order that the operator holds is let go of; those that say no do not matter', async () => {
  const sent: Envelope[] = [];
  const answers: Record<string, string | undefined> = { a: undefined, b: 'wrong_status', c: 'nothing_pending' };
  const handler = letGoHandler({
    sign,
    claims: async (prefix) => new Map(Object.keys(answers).map((order, n) => [`${prefix}${n + 1}`, order])),
    async send(envelope) {
      sent.push(envelope);
      const code = answers[envelope.actor];
      const answer: Answer = code
        ? { ok: false, code, details: {}, replay: false }
        : { ok: true, version: 1, state: undefined, replay: false };
      return answer as never;
    },
  });
  const job = { ...new OneOrder().job, kind: 'let-go', payload: { operator: 'olga' } };
  const signal = new AbortController().signal;
  assert.is(await handler.run(job, signal), undefined);
  assert.equal(
    sent.map(({ actor, command }) => [actor, command]),
    ['a', 'b', 'c'].map((actor) => [actor, { type: 'let-go', operator: 'olga' }]),
  );
  assert.is(new Set(sent.map(({ commandId }) => commandId)).size, 3);
  answers['b'] = 'quarantined';
  assert.is(await handler.run(job, signal).then(String, codeOf), 'quarantined');
  assert.is(await handler.run({ ...job, payload: {} }, signal).then(String, codeOf), 'bad_job');
});
