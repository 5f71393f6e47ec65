import * as assert from 'uvu/assert';
import { arrange } from '../../web/board/arrange.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('order of a lane');

test('free to move, a lane shows what is wanted', () => {
  assert.equal(arrange(['b', 'a'], ['a', 'b', 'c'], false), { shown: ['a', 'b', 'c'], waiting: 0 });
});

test('while it is read nothing changes its place', () => {
  assert.equal(arrange(['b', 'a'], ['a', 'b'], true).shown, ['b', 'a']);
});

test('while it is read new cards join below and wait above', () => {
  assert.equal(arrange(['b', 'c'], ['a', 'b', 'x', 'c', 'd'], true), { shown: ['b', 'c', 'd'], waiting: 2 });
});

test('what left goes at once', () => {
  assert.equal(arrange(['a', 'b', 'c'], ['a', 'c'], true), { shown: ['a', 'c'], waiting: 0 });
});

test('an empty lane shows the first card even under the pointer', () => {
  assert.equal(arrange([], ['a'], true), { shown: ['a'], waiting: 0 });
  assert.equal(arrange(['x'], ['a'], true), { shown: ['a'], waiting: 0 });
});
