import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { AndonError } from '../../src/errors.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import { spec } from '../_kit/spec.ts';
import { codes, outcome, type World, withWorld } from './world.ts';

const test = spec('one turn, many commands', withWorld);

const versionOf = (answer: Answer): number | undefined => (answer.ok ? answer.version : undefined);

/** ann has it, what was counted so far is forgotten, and no time passes: a run ends by its length only. */
async function taken(w: World): Promise<void> {
  await w.send('take', 'ann');
  const now = Date.now();
  w.now = () => now;
  w.hot.loads = 0;
  w.log.confirms = 0;
}

/** Another process appends this row before the `nth` row that is tried. */
function another(w: World, nth: number, holder: string): void {
  let tried = 0;
  w.log.before = (row) => {
    if (++tried !== nth) return;
    w.log.put({ ...row, commandId: randomUUID(), after: { holder, place: 1, uses: 0, lit: false }, takes: [] });
  };
}

test('commands that follow each other are appended in their order with one load', async (w) => {
  await taken(w);
  const leases: number[] = [];
  w.log.before = () => leases.push(w.hot.leases.size);
  const answers = await Promise.all(Array.from({ length: 10 }, () => w.send('use', 'ann')));
  assert.equal(answers.map(versionOf), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  assert.is(w.hot.loads, 1);
  assert.equal(leases, Array(10).fill(1), 'the lease is kept');
  assert.is(w.log.confirms, 0);
  assert.is(w.hot.leases.size, 0);
});

test('a long run ends, so that another process gets its chance', async (w) => {
  await taken(w);
  const answers = await Promise.all(Array.from({ length: 40 }, () => w.send('use', 'ann')));
  assert.equal(
    answers.map(versionOf),
    Array.from({ length: 40 }, (_, n) => n + 3),
  );
  assert.ok(w.hot.loads >= 3);
  assert.is(w.hot.leases.size, 0);
});

test('a run ends when its time is over', async (w) => {
  await taken(w);
  let now = Date.now();
  w.now = () => now;
  w.log.before = () => {
    now += 100;
  };
  const answers = await Promise.all(Array.from({ length: 3 }, () => w.send('use', 'ann')));
  assert.equal(answers.map(versionOf), [3, 4, 5]);
  assert.is(w.hot.loads, 3);
});

test('refusals between the accepted are checked in the reads beside the appends', async (w) => {
  await taken(w);
  const answers = await Promise.all([
    w.send('use', 'ann'),
    w.send('use', 'bob'),
    w.send('take', 'bob'),
    w.send('use', 'ann'),
    w.send('use', 'bob'),
  ]);
  assert.equal(codes(answers), ['ok', 'not_holder', 'already_captured', 'ok', 'not_holder']);
  assert.equal(w.versions(), [1, 2, 3, 4]);
  assert.is(w.log.confirms, 2);
  assert.is(w.hot.loads, 1);
});

test('a late repeat beside a command that is accepted gets its first answer', async (w) => {
  const first = w.envelope('use', 'ann');
  await taken(w);
  await w.runtime.send(first);
  const [given, again] = await Promise.all([w.send('give', 'ann'), w.runtime.send(first)]);
  assert.ok(given.ok && again.ok && again.replay);
  assert.is(versionOf(again), 3);
});

test('a repeat in the same turn gets the answer of the row that is under way', async (w) => {
  await taken(w);
  const give = w.envelope('give', 'ann');
  const answers = await Promise.all([w.runtime.send(give), w.send('use', 'ann'), w.runtime.send(give)]);
  assert.equal(codes(answers), ['ok', 'not_holder', 'ok']);
  assert.equal(answers.map(versionOf), [3, undefined, 3]);
});

test('a row of another process in the midst of a run: the rest is decided anew, in order', async (w) => {
  await taken(w);
  another(w, 3, 'bob');
  const answers = await Promise.all(['ann', 'ann', 'ann', 'bob', 'ann'].map((who) => w.send('use', who)));
  assert.equal(codes(answers), ['ok', 'ok', 'not_holder', 'ok', 'not_holder']);
  assert.equal(w.versions(), [1, 2, 3, 4, 5, 6]);
});

test('a refusal on a state that never came is not answered', async (w) => {
  await taken(w);
  another(w, 1, 'bob');
  // ann would have given it back, and bob's use been refused
  const answers = await Promise.all([w.send('give', 'ann'), w.send('use', 'bob')]);
  assert.equal(codes(answers), ['not_holder', 'ok']);
});

test('what another process put between the read and the row is seen', async (w) => {
  await taken(w);
  const confirm = w.log.confirm.bind(w.log);
  let asked = 0;
  // The read shows an older history: another row stood at the head when it was asked.
  w.log.confirm = async (question) => {
    const found = await confirm(question);
    return asked++ === 0 ? { ...found, version: 1, commandId: randomUUID() } : found;
  };
  const answers = await Promise.all([w.send('use', 'ann'), w.send('use', 'bob')]);
  assert.equal(codes(answers), ['ok', 'not_holder']);
  assert.is(w.log.confirms, 2, 'the log was asked again');
});

test('an actor put into quarantine meanwhile is not answered for as if it were not', async (w) => {
  await taken(w);
  w.log.before = () => w.log.quarantined.add(`thing:${w.actor}`);
  const answers = await Promise.all([w.send('use', 'ann'), w.send('use', 'bob')]);
  assert.equal(codes(answers), ['ok', 'quarantined']);
});

test('a read beside the append that fails costs another read, nobody an answer', async (w) => {
  await taken(w);
  const confirm = w.log.confirm.bind(w.log);
  w.log.confirm = async (question) => {
    w.log.confirm = confirm;
    throw new AndonError('unavailable', String(question.kind));
  };
  const answers = await Promise.all([w.send('use', 'ann'), w.send('use', 'bob')]);
  assert.equal(codes(answers), ['ok', 'not_holder']);
});

test('a bug in a decision fails alone in the midst of a run', async (w) => {
  await taken(w);
  const sent = ['use', 'stumble', 'use', 'spill', 'use'] as const;
  const answers = await Promise.all(sent.map((type) => outcome(w.send(type, 'ann'))));
  assert.is(answers.filter((answer) => answer === 'ok').length, 4);
  assert.match(answers[1] ?? '', 'a bug in a decision');
  assert.equal(w.reported, ['projection_failed']);
  assert.is(w.hot.leases.size, 0);
});
