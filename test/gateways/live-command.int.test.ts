import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { type Live, withLive } from './open-live.ts';

const test = spec<Live>('commands over sockets', withLive(), { deadlineMs: 20_000 });

test('an operator takes, starts and completes an order, each answer with its card', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const { ask } = await live.connect('/mes', operator);
  const send = (type: string, fields: object) => ask('command', { order: id, type, key: randomUUID(), ...fields });
  const captured = await send('capture', { epoch: 0 });
  assert.equal([captured.ok, captured.order.id, captured.order.version], [true, id, captured.version]);
  const me = { id: operator.id, name: operator.name };
  assert.equal([captured.card.lane, captured.card.capture.operator, captured.card.epoch], ['in_work', me, 1]);
  assert.is((await send('start', { epoch: 1 })).order.status, 'MANUFACTURING_STARTED');
  const completed = await send('complete', { epoch: 1 });
  assert.equal([completed.card.lane, completed.card.capture], ['made', null]);
  assert.equal((await buyer.get(`/api/orders/${id}`)).body.status, 'MANUFACTURING_COMPLETED');
});

test('of two operators on two nodes one gets the order, the other is told who', async (live) => {
  const node = await live.another();
  const [buyer, a, b] = [
    await live.as('buyer'),
    await live.as('operator', { site: 'north' }),
    await live.as('operator', { site: 'north' }),
  ];
  const [one, two] = [await live.connect('/mes', a), await node.connect('/mes', b)];
  for (let round = 0; round < 5; round++) {
    const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
    const capture = { order: id, type: 'capture', key: randomUUID(), epoch: 0 };
    const answers = await Promise.all([one.ask('command', capture), two.ask('command', capture)]);
    const [winner, loser] = answers[0].ok ? answers : [answers[1], answers[0]];
    const holder = answers[0].ok ? a : b;
    assert.equal([winner.ok, loser.ok, loser.code], [true, false, 'already_captured']);
    assert.equal([loser.holder, loser.epoch], [{ id: holder.id, name: holder.name }, 1]);
    assert.is(loser.order.id, id);
    assert.ok(loser.since);
    const release = { order: id, type: 'release', key: randomUUID(), epoch: 1 };
    assert.ok((await (answers[0].ok ? one : two).ask('command', release)).ok);
  }
});

test('one key counts once over sockets and REST, and over nodes', async (live) => {
  const node = await live.another();
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const { ask } = await node.connect('/mes', operator);
  const key = randomUUID();
  const first = await ask('command', { order: id, type: 'capture', key, epoch: 0 });
  const again = await operator.order(id, 'capture', { epoch: 0 }, { key });
  assert.equal([first.ok, first.replay, again.status], [true, undefined, 200]);
  assert.is(again.headers.get('idempotent-replay'), 'true');
  assert.equal(again.body, first.order);
  const third = await ask('command', { order: id, type: 'capture', key, epoch: 0 });
  assert.equal([third.ok, third.replay, third.version], [true, true, first.version]);
  assert.is((await ask('command', { order: id, type: 'capture', key, epoch: 1 })).code, 'idempotency_key_reused');

  const refused = randomUUID();
  const late = await operator.order(id, 'capture', { epoch: 1 }, { key: refused });
  assert.is(late.body.code, 'already_captured');
  const repeated = await ask('command', { order: id, type: 'capture', key: refused, epoch: 1 });
  assert.equal([repeated.code, repeated.replay, repeated.holder], ['already_captured', true, late.body.holder]);
});

test('what a socket refuses has the words of REST', async (live) => {
  const [buyer, south, boss, operator] = [
    await live.as('buyer'),
    await live.as('operator', { site: 'south' }),
    await live.as('supervisor', { site: 'north' }),
    await live.as('operator', { site: 'north' }),
  ];
  const { id, version } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const as = {
    south: await live.connect('/mes', south),
    boss: await live.connect('/mes', boss),
    operator: await live.connect('/mes', operator),
  };
  const code = async (who: keyof typeof as, message: object) => (await as[who].ask('command', message)).code;
  assert.is(await code('operator', { order: randomUUID(), type: 'capture', epoch: 0 }), 'not_found');
  assert.is(await code('operator', { order: randomUUID(), type: 'capture' }), 'not_found');
  assert.is(await code('boss', { order: id, type: 'capture', epoch: 0 }), 'forbidden');
  assert.is(await code('south', { order: id, type: 'capture', epoch: 0 }), 'wrong_site');
  assert.is(await code('operator', { order: id, type: 'capture' }), 'invalid');
  assert.is(await code('operator', { order: id, type: 'paint' }), 'invalid');
  assert.is(await code('operator', { order: id, type: 'approve', priceVersion: 1 }), 'invalid');
  assert.is(await code('operator', { type: 'capture', epoch: 0 }), 'invalid');
  assert.is(await code('operator', { order: id, operator: 'me', type: 'capture', epoch: 0 }), 'invalid');
  assert.is(await code('operator', { order: id, type: 'start', epoch: 0 }), 'not_holder');
  const stale = await as.operator.ask('command', { order: id, type: 'capture', epoch: 0, expectedVersion: 1 });
  assert.equal([stale.code, stale.order.version], ['version_changed', version]);
  await operator.order(id, 'capture', { epoch: 0 });
  const unreasoned = await as.boss.ask('command', { order: id, type: 'release', epoch: 1 });
  assert.equal([unreasoned.code, unreasoned.errors[0].path], ['invalid', '/reason']);
});

test('an operator ends and starts a shift, a supervisor sets a limit', async (live) => {
  const [operator, boss] = [
    await live.as('operator', { site: 'north' }),
    await live.as('supervisor', { site: 'north' }),
  ];
  const [mine, theirs] = [await live.connect('/mes', operator), await live.connect('/mes', boss)];
  const ended = await mine.ask('command', { operator: 'me', type: 'end-shift', key: randomUUID() });
  assert.equal(
    [ended.ok, ended.operator.onShift, ended.operator.id, ended.operator.name],
    [true, false, operator.id, operator.name],
  );
  const limited = await theirs.ask('command', { operator: operator.id, type: 'set-limit', limit: 9 });
  assert.equal([limited.ok, limited.operator.limit, limited.version], [true, 9, ended.version + 1]);
  assert.is((await mine.ask('command', { operator: 'me', type: 'set-limit', limit: 99 })).code, 'forbidden');
  assert.is((await theirs.ask('command', { operator: randomUUID(), type: 'set-limit', limit: 9 })).code, 'not_found');
});

test('a note is kept beside the log, over both transports alike; the log names it', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const { ask } = await live.connect('/mes', operator);
  await ask('command', { order: id, type: 'capture', key: randomUUID(), epoch: 0 });
  const { body } = await operator.get('/api/catalog');
  const hold = { reason: body.reasons.hold[0].id, note: 'the stone is missing' };
  const key = randomUUID();
  const held = await ask('command', { order: id, type: 'hold', key, ...hold });
  assert.is(held.ok, true);
  assert.is((await operator.order(id, 'hold', hold, { key })).headers.get('idempotent-replay'), 'true');
  const { rows } = await live.core.pool.query('SELECT id, text FROM notes');
  assert.equal(
    rows.map(({ text }) => text),
    [hold.note],
  );
  const log = await live.core.reader.rows('order', id, held.version - 1);
  const text = JSON.stringify(log[0]);
  assert.ok(text.includes(rows[0].id) && !text.includes(hold.note));
});
