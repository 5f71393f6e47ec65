import * as assert from 'uvu/assert';
import { outermost, selfTimes } from '../../bench/_kit/page/nesting.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('times within each other');

const stretch = (name: string, at: number, ms: number) => ({ name, at, ms });
const task = stretch('task', 10, 40);
const style = stretch('style', 12, 20);
const layout = stretch('layout', 15, 5);
const again = stretch('layout', 35, 10);
const next = stretch('task', 60, 5);

test('the outermost are those that lie in no other', () => {
  assert.equal(outermost([layout, next, task, style, again]), [task, next]);
});

test('what something took by itself is without what lay within it', () => {
  const times = selfTimes(task, [layout, style, next, again, task]);
  assert.equal(Object.fromEntries(times), { task: 10, style: 15, layout: 15 });
  assert.is(
    [...times.values()].reduce((sum, ms) => sum + ms, 0),
    task.ms,
  );
});
