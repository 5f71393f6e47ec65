import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { codes, withWorld } from './world.ts';

const test = spec('repeats', withWorld);

test('of ten repeats of a refused command at once exactly one is new', async (w) => {
  await w.send('take', 'ann');
  const envelope = w.envelope('take', 'bob');
  const nodes = [w.runtime, w.node(), w.node()];
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => nodes[i % 3]!.send(envelope)));
  assert.ok(codes(answers).every((code) => code === 'already_captured'));
  assert.is(answers.filter(({ replay }) => !replay).length, 1);
});

test('of ten repeats of a command without effect exactly one is new', async (w) => {
  const envelope = w.envelope('greet', 'ann');
  const nodes = [w.runtime, w.node(), w.node()];
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => nodes[i % 3]!.send(envelope)));
  assert.ok(answers.every((answer) => answer.ok && answer.version === 1));
  assert.is(answers.filter(({ replay }) => !replay).length, 1);
});

test('a command that had no effect has none later', async (w) => {
  await w.send('light', 'ann');
  const envelope = w.envelope('light', 'bob');
  const first = await w.runtime.send(envelope);
  await w.send('darken', 'ann');
  const again = await w.node().send(envelope);
  assert.ok(first.ok && !first.replay && again.ok && again.replay);
  assert.equal([again.version, again.state], [first.version, first.state]);
  assert.equal(w.versions(), [1, 2, 3]);
});

test('a command without effect and its id with other fields are told apart', async (w) => {
  const envelope = w.envelope('greet', 'ann');
  await w.runtime.send(envelope);
  assert.equal(codes([await w.runtime.send({ ...envelope, command: { type: 'use' }, hash: 'other' })]), [
    'idempotency_key_reused',
  ]);
});

test('a command that can not be repeated is not remembered', async (w) => {
  await w.send('take', 'ann');
  await w.send('take', 'bob', { repeatable: false });
  await w.send('greet', 'bob', { repeatable: false });
  assert.is(w.hot.refusals.size, 0);
});

test('a command accepted elsewhere between the check and the look at the head is answered as accepted', async (w) => {
  await w.send('take', 'ann');
  const state = w.hot.states.get(`thing:${w.actor}`)!;
  // a state that is not the log's, in which bob is the holder
  const json = state.json.replace('"ann"', '"bob"');
  w.hot.states.set(`thing:${w.actor}`, { ...state, json, commandId: randomUUID() });
  const envelope = w.envelope('give', 'ann');
  const confirm = w.log.confirm.bind(w.log);
  w.log.confirm = async (question) => {
    const answer = await confirm(question);
    w.log.confirm = confirm;
    assert.equal(codes([await w.node().send(envelope)]), ['ok']);
    return answer;
  };
  const answer = await w.runtime.send(envelope);
  assert.ok(answer.ok && answer.replay && answer.version === 3);
  assert.equal(w.versions(), [1, 2, 3]);
});

test('a limit that was never reached at one time does not refuse', async (w) => {
  w.log.held.set('place:ann:1', 'another thing');
  w.log.before = () => {
    // whoever had the first place has the second by now
    w.log.before = undefined;
    queueMicrotask(() => {
      w.log.held.delete('place:ann:1');
      w.log.held.set('place:ann:2', 'another thing');
    });
  };
  assert.equal(codes([await w.send('take', 'ann')]), ['ok']);
});
