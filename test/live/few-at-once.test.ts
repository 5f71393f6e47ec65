import * as assert from 'uvu/assert';
import { FewAtOnce, type Leave } from '../../src/live/few-at-once.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('few at once');

test('no more than so many are in at once; the others come in the order they asked', async () => {
  const few = new FewAtOnce(2);
  const leaves: Leave[] = [];
  const order: number[] = [];
  const ask = async (i: number): Promise<void> => {
    leaves.push(await few.enter());
    order.push(i);
  };
  const all = [0, 1, 2, 3, 4].map(ask);
  await until('two are in', () => order.length === 2);
  for (const wanted of [3, 4, 5]) {
    leaves.shift()?.();
    await until('the next is in', () => order.length === wanted);
  }
  await Promise.all(all);
  assert.equal(order, [0, 1, 2, 3, 4]);
});

test('who leaves twice gives one place back; who does not want to wait is told so', async () => {
  const few = new FewAtOnce(1);
  const leave = few.tryEnter();
  assert.is(few.tryEnter(), undefined);
  leave?.();
  leave?.();
  assert.ok(few.tryEnter());
  assert.is(few.tryEnter(), undefined);
});
