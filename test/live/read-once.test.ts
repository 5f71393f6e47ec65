import * as assert from 'uvu/assert';
import { ReadOnce } from '../../src/live/read-once.ts';
import { SharedSequence } from '../../src/live/shared-sequence.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('read once');

test('all who ask while it is read get one reading, those who come later another', async () => {
  let times = 0;
  const once = new ReadOnce<number>();
  const read = async (): Promise<number> => ++times;
  assert.equal(await Promise.all([once.ask('a', read), once.ask('a', read), once.ask('b', read)]), [1, 1, 2]);
  assert.is(await once.ask('a', read), 3);
});

test('a reading is kept for the time given, until it is forgotten; a failure is not kept', async () => {
  let times = 0;
  const read = async (): Promise<number> => ++times;
  const once = new ReadOnce<number>(60_000);
  for (const expected of [1, 1]) assert.is(await once.ask('a', read), expected);
  once.forget('b');
  assert.is(await once.ask('a', read), 1);
  once.forget('a');
  assert.is(await once.ask('a', read), 2);
  once.forget();
  assert.is(await once.ask('a', read), 3);
  const short = new ReadOnce<number>(1);
  assert.is(await short.ask('a', read), 4);
  await until('it is read anew', async () => (await short.ask('a', read)) > 4);
  const failing = async (): Promise<number> => {
    times += 1;
    throw new Error('no');
  };
  for (const _ of [1, 2]) await once.ask('c', failing).catch(() => undefined);
  assert.ok(times >= 7);
});

test('a forgotten reading that ends late does not take the place of a newer one', async () => {
  const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const once = new ReadOnce<string>(60_000);
  const early = once.ask('a', () => first.promise);
  once.forget('a');
  const late = once.ask('a', () => second.promise);
  second.resolve('new');
  assert.is(await late, 'new');
  first.reject(new Error('old'));
  await early.catch(() => undefined);
  assert.is(await once.ask('a', async () => 'third'), 'new');
});

test('readers of a sequence go at their own speed; it is read as far as the fastest has come', async () => {
  let given = 0;
  const sequence = new SharedSequence(
    (async function* () {
      for (; given < 3; ) yield given++;
    })(),
  );
  assert.equal(await Promise.all([sequence.at(0), sequence.at(0), sequence.at(1)]), [0, 0, 1]);
  assert.is(given, 2);
  assert.equal([await sequence.at(0), await sequence.at(5), await sequence.at(2)], [0, undefined, 2]);
});

test('a sequence that can’t be read on fails for all who want more, not for what was read', async () => {
  const sequence = new SharedSequence(
    (async function* () {
      yield 1;
      throw new Error('gone');
    })(),
  );
  const outcomes = await Promise.allSettled([sequence.at(0), sequence.at(1), sequence.at(2)]);
  assert.equal(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected'],
  );
  assert.is(await sequence.at(0), 1);
});
