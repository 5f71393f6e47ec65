import * as assert from 'uvu/assert';
import { Tick } from '../../src/hot/tick.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('tick');

function tickOf(mostItems: number, mostSize: number, fails = (_items: readonly number[]) => false) {
  const calls: (readonly number[])[] = [];
  const tick = new Tick<number, string>({
    mostItems,
    mostSize,
    size: (item) => item,
    async run(items) {
      calls.push(items);
      if (fails(items)) throw new Error('no');
      return items.map((item) => `r${item}`);
    },
  });
  return { tick, calls };
}

test('what is asked in one turn of the event loop goes out together, each answered for itself', async () => {
  const { tick, calls } = tickOf(64, 1_000);
  const first = [tick.add(1), tick.add(2)];
  await Promise.resolve();
  const replies = await Promise.all([...first, tick.add(3)]);
  assert.equal(replies, ['r1', 'r2', 'r3']);
  assert.equal(calls, [[1, 2, 3]]);
  await tick.add(4);
  assert.is(calls.length, 2);
});

test('calls are cut by count and by size; an item that is too big goes alone', async () => {
  const { tick, calls } = tickOf(3, 10);
  await Promise.all([1, 1, 1, 1, 9, 5, 99, 2].map((item) => tick.add(item)));
  assert.equal(calls, [[1, 1, 1], [1, 9], [5], [99], [2]]);
});

test('a call that fails fails its own items only', async () => {
  const { tick } = tickOf(2, 100, (items) => items.includes(3));
  const settled = await Promise.allSettled([1, 2, 3, 4, 5].map((item) => tick.add(item)));
  assert.equal(
    settled.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled'],
  );
});
