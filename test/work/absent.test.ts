import * as assert from 'uvu/assert';
import { type AbsentTools, releaseAbsent } from '../../gateways/work/absent.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import { spec } from '../_kit/spec.ts';
import { OneOrder } from './one-order.ts';

const test = spec('releasing what absent holders hold');
const GRACE_MS = 120_000;

/** An order that ann holds and has not begun, its holder absent for long. */
function captured(change: Partial<AbsentTools> = {}) {
  const order = new OneOrder();
  const price = { version: 1, amount: 1, currency: 'EUR', lines: [], validUntil: '', tariff: '' };
  order.apply({ type: 'price-set', reason: 'shape', price });
  order.apply({ type: 'approved', priceVersion: 1, due: '2026-12-01T00:00:00.000Z' });
  order.apply({ type: 'captured', operator: 'ann', slot: 1 });
  const released: string[] = [];
  const tools: AbsentTools = {
    send: (envelope) => order.send(envelope),
    sign: (envelope) => commandHash('a secret of at least 32 characters', envelope),
    read: async () => order.state,
    isOverdue: async () => true,
    now: () => Date.parse(order.state.capture?.since ?? '') + GRACE_MS,
    graceMs: GRACE_MS,
    released: (_, holder) => released.push(holder),
    failed: (_, error) => {
      throw error;
    },
    ...change,
  };
  return { order, released, tools, release: (holder = 'ann') => releaseAbsent(tools, holder, [order.id]) };
}

test('an order that can’t be told keeps no other waiting', async () => {
  const { order, released, tools } = captured();
  const failed: string[] = [];
  const read = async (id: string) => {
    if (id !== order.id) throw new Error('not to be read');
    return order.state;
  };
  const note = (id: string) => void failed.push(id);
  await releaseAbsent({ ...tools, read, failed: note }, 'ann', ['broken', order.id]);
  assert.equal([failed, released], [['broken'], ['ann']]);
});

test('an order that was not begun is released, as the system, under its epoch', async () => {
  const { order, released, release } = captured();
  const { epoch } = order.state;
  await release();
  assert.equal([order.state.capture, released], [null, ['ann']]);
  assert.equal(order.sent[0]!.command, { type: 'release-absent', epoch });
  assert.equal(order.sent[0]!.issuer, { role: 'system', roles: ['system'], id: 'presence', tenant: 'system' });
});

test('said by two keepers it happens once; of another capture it is another command', async () => {
  const { order, released, release } = captured();
  const before = order.state;
  await release();
  order.state = before; // what the second keeper had read
  await release();
  assert.is(order.sent[1]!.commandId, order.sent[0]!.commandId);
  assert.equal(released, ['ann']);
  order.state = { ...before, epoch: before.epoch + 2 };
  await release();
  assert.is.not(order.sent[2]!.commandId, order.sent[0]!.commandId);
});

test('nothing is said of an order that was begun, is somebody else’s, or is free again', async () => {
  const begun = captured();
  begun.order.apply({ type: 'manufacturing-started', operator: 'ann' });
  await begun.release();
  const other = captured();
  await other.release('bob');
  const free = captured();
  free.order.apply({ type: 'released', operator: 'ann', why: 'asked' });
  await free.release();
  const unknown = captured({ read: async () => undefined });
  await unknown.release();
  for (const { order } of [begun, other, free, unknown]) assert.is(order.sent.length, 0);
});

test('an order captured within the grace stays, though its holder was absent before', async () => {
  const { order, release } = captured({ now: () => Date.parse('2026-11-20T10:00:01.000Z') + GRACE_MS - 1 });
  await release();
  assert.equal([order.sent.length, order.state.capture?.operator], [0, 'ann']);
});

test('who comes back just before keeps the order', async () => {
  const { order, release } = captured({ isOverdue: async () => false });
  await release();
  assert.is(order.sent.length, 0);
});
