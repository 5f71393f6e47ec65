import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { AndonError } from '../../src/errors.ts';
import type { Issuer } from '../../src/runtime/actor.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { codes, withWorld } from './world.ts';

const test = spec('turn', withWorld);

test('a race of 64 is one row, 63 checked answers and one read', async (w) => {
  const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => w.send('take', i % 2 ? 'ann' : 'bob')));
  assert.is(codes(answers).filter((code) => code === 'ok').length, 1);
  assert.is(codes(answers).filter((code) => code === 'already_captured').length, 63);
  assert.equal(w.versions(), [1, 2]);
  assert.is(w.log.confirms, 1);
});

test('commands sent one after the other without waiting are decided in that order', async (w) => {
  const answers = await Promise.all([
    w.send('take', 'ann'),
    w.send('use', 'ann'),
    w.send('give', 'ann'),
    w.send('use', 'ann'),
  ]);
  assert.equal(codes(answers), ['ok', 'ok', 'ok', 'not_holder']);
  assert.equal(w.versions(), [1, 2, 3, 4]);
});

test('ten repeats at once have one effect and equal answers, nine of them marked', async (w) => {
  const envelope = w.envelope('take', 'ann');
  const nodes = [w.runtime, w.node(), w.node()];
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => nodes[i % 3]!.send(envelope)));
  assert.ok(answers.every((a) => a.ok && a.version === 2));
  assert.is(answers.filter((a) => !a.replay).length, 1);
  assert.equal(w.versions(), [1, 2]);
});

test('a late repeat gets its first answer, whatever happened since', async (w) => {
  const envelope = w.envelope('take', 'ann');
  await w.runtime.send(envelope);
  await w.send('use', 'ann');
  await w.send('give', 'ann');
  const again = await w.runtime.send(envelope);
  assert.ok(again.ok && again.replay && again.version === 2);
});

test('a refusal is remembered: its repeat is refused though it would be accepted now', async (w) => {
  await w.send('take', 'ann');
  const envelope = w.envelope('take', 'bob');
  const first = await w.runtime.send(envelope);
  await w.send('give', 'ann');
  const again = await w.node().send(envelope);
  assert.ok(!first.ok && !first.replay && first.code === 'already_captured');
  assert.ok(!again.ok && again.replay && again.code === 'already_captured');
  assert.equal(again.details, first.details);
});

test('the same id with other fields is told, whether the first was accepted or refused', async (w) => {
  const accepted = w.envelope('take', 'ann');
  await w.runtime.send(accepted);
  const reused = await w.runtime.send({ ...accepted, command: { type: 'use' }, hash: 'other' });
  assert.equal(codes([reused]), ['idempotency_key_reused']);
  const refused = w.envelope('take', 'bob');
  await w.runtime.send(refused);
  assert.equal(codes([await w.runtime.send({ ...refused, command: { type: 'greet' }, hash: 'other' })]), [
    'idempotency_key_reused',
  ]);
  assert.equal(w.versions(), [1, 2]);
});

test('a stale state in Redis costs a retry, never a wrong result', async (w) => {
  await w.send('take', 'ann');
  const stale = w.hot.states.get(`thing:${w.actor}`)!;
  await w.send('give', 'ann');
  w.hot.states.set(`thing:${w.actor}`, stale);
  assert.equal(codes([await w.send('take', 'bob')]), ['ok'], 'refused by the stale state, accepted by the head');
  w.hot.states.set(`thing:${w.actor}`, stale);
  assert.equal(codes([await w.send('use', 'ann')]), ['not_holder'], 'accepted by the stale state, refused by the head');
  assert.equal(w.versions(), [1, 2, 3, 4]);
});

test('a row that another node wrote meanwhile is decided again', async (w) => {
  let once = true;
  w.log.before = (row) => {
    if (!once) return;
    once = false;
    w.log.put({
      ...row,
      commandId: randomUUID(),
      events: [{ type: 'taken', by: 'bob', place: 1 }],
      after: { holder: 'bob', place: 1, uses: 0, lit: false },
      takes: [],
    });
  };
  const answer = await w.send('take', 'ann');
  assert.ok(!answer.ok && answer.code === 'already_captured' && answer.details['holder'] === 'bob');
});

test('a slot that the hints take for free is found taken: the next free one is tried', async (w) => {
  w.log.held.set('place:ann:1', 'another thing');
  const answer = await w.send('take', 'ann');
  assert.ok(answer.ok);
  assert.ok(w.log.held.has('place:ann:2'));
});

test('a limit that only the hints know is looked up before it refuses', async (w) => {
  w.hot.slots.set(
    'person:ann',
    new Map([
      [1, 'x'],
      [2, 'y'],
    ]),
  );
  assert.equal(codes([await w.send('take', 'ann')]), ['ok']);
});

test('a limit that is true refuses', async (w) => {
  w.log.held.set('place:ann:1', 'x');
  w.log.held.set('place:ann:2', 'y');
  assert.equal(codes([await w.send('take', 'ann')]), ['wip_limit']);
});

test('an acceptance without effect writes nothing', async (w) => {
  const answer = await w.send('greet', 'ann');
  assert.ok(answer.ok && answer.version === 1);
  assert.equal(w.versions(), [1]);
});

test('an expected version that is not the present one refuses', async (w) => {
  const changed = await w.send('take', 'ann', { expectedVersion: 7 });
  assert.ok(!changed.ok && changed.code === 'version_changed' && changed.version === 1);
  assert.equal(codes([await w.send('take', 'ann', { expectedVersion: 1 })]), ['ok']);
});

test('who may not see the actor is answered as if it did not exist', async (w) => {
  const issuer: Issuer = { role: 'stranger', roles: ['stranger'], id: 'eve', tenant: 'house' };
  const foreign = await w.send('take', 'eve', { issuer });
  const unknown = await w.send('take', 'eve', { issuer, actor: randomUUID() });
  assert.equal(foreign, unknown);
});

test('without Redis everything goes on', async (w) => {
  w.hot.away = new AndonError('redis_away', 'away');
  assert.equal(codes([await w.send('take', 'ann'), await w.send('take', 'bob'), await w.send('use', 'ann')]), [
    'ok',
    'already_captured',
    'ok',
  ]);
  assert.equal(w.versions(), [1, 2, 3]);
});

test('without Postgres nothing is refused: it is unavailable', async (w) => {
  await w.send('take', 'ann');
  w.log.away = new AndonError('unavailable', 'away');
  for (const type of ['take', 'use'] as const) {
    const error = await w.send(type, 'bob').then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.is((error as AndonError).code, 'unavailable');
  }
});

test('a reply does not wait for a silent Redis', async (w) => {
  w.hot.silent = true;
  assert.equal(codes([await w.send('take', 'ann')]), ['ok']);
});

test('a busy lease is waited for, then passed by', async (w) => {
  w.hot.leases.set(`thing:${w.actor}`, 'a process that was killed');
  assert.equal(codes([await w.send('take', 'ann')]), ['ok']);
});

test('every turn gives its lease back', async (w) => {
  await Promise.all([w.send('take', 'ann'), w.send('take', 'bob'), w.send('greet', 'bob')]);
  await w.send('take', 'bob');
  await until('the turns are over', () => w.runtime.busy === 0 && w.hot.leases.size === 0);
});

test('a full mailbox refuses at once', async (w) => {
  const sent = Array.from({ length: 101 }, () => w.send('greet', 'ann').catch((error: AndonError) => error.code));
  assert.is((await Promise.all(sent)).filter((answer) => answer === 'overloaded').length, 1);
});

test('a turn that only refused leaves the state it found in the log in Redis', async (w) => {
  w.hot.states.clear();
  assert.equal(codes([await w.send('use', 'bob')]), ['not_holder']);
  await until('it is there', () => w.hot.states.get(`thing:${w.actor}`)?.version === 1 && w.hot.leases.size === 0);
});

test('an actor in quarantine stays in it, whoever reads it into Redis', async (w) => {
  w.log.quarantined.add(`thing:${w.actor}`);
  w.hot.states.clear();
  await w.runtime.read('thing', w.actor);
  await until('it is there', () => w.hot.states.size > 0);
  assert.equal(codes([await w.send('take', 'ann'), await w.send('use', 'ann')]), ['quarantined', 'quarantined']);
});
