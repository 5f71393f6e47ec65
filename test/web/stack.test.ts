import * as assert from 'uvu/assert';
import { anchored } from '../../web/board/anchor.ts';
import { nearest } from '../../web/board/sequence.ts';
import { Stack } from '../../web/board/stack.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('cards that are drawn only where somebody looks');

test('a card stands below those before it: measured heights, a guess for the others', () => {
  const stack = new Stack(100);
  stack.keys = ['a', 'b', 'c'];
  assert.equal(
    [0, 1, 2].map((at) => stack.topOf(at)),
    [0, 100, 200],
  );
  assert.ok(stack.measured('a', 40));
  assert.not(stack.measured('a', 40), 'nothing moves where nothing has changed');
  assert.equal(
    [0, 1, 2].map((at) => stack.topOf(at)),
    [0, 40, 140],
  );
  assert.is(stack.height, 240);
  stack.keys = ['b', 'a'];
  assert.equal([stack.topOf(1), stack.height], [100, 140], 'a height is the card’s, not the place’s');
});

test('the card at a height is found, and the ends where there is none', () => {
  const stack = new Stack(100);
  stack.keys = ['a', 'b', 'c'];
  stack.measured('a', 40);
  assert.equal(
    [-5, 0, 39, 40, 139, 140, 999].map((y) => stack.at(y)),
    [0, 0, 0, 1, 1, 2, 2],
  );
});

test('heights of what was never drawn are guessed from those that were, once', () => {
  const stack = new Stack(100);
  stack.keys = Array.from({ length: 10 }, (_, at) => String(at));
  for (let at = 0; at < 6; at++) stack.measured(String(at), 50);
  assert.is(stack.height, 500);
  stack.measured('7', 90);
  assert.is(stack.height, 540);
  stack.forget();
  assert.is(stack.height, 1_000, 'another width');
});

test('what is in sight stays where it is', () => {
  const seen = [
    { key: 'a', y: -10 },
    { key: 'b', y: 90 },
    { key: 'c', y: 190 },
  ];
  const at = (tops: Record<string, number>, first?: string): number | undefined =>
    anchored(seen, (key) => tops[key], first);
  assert.is(at({ a: 300, b: 400, c: 500 }), 310, 'a card came in above');
  assert.is(at({ a: 200, b: 500, c: 600 }), 210, 'one in sight has grown: what is above it stays');
  assert.is(at({ b: 200, c: 300 }), 110, 'the first has left');
  assert.is(at({ a: 0, b: 300, c: 400 }), 10, 'in order still');
  assert.is(at({ a: 900, b: 200, c: 300 }), 110, 'the first was put elsewhere: nobody follows it');
  assert.is(at({ a: 300, b: 500, c: 600 }, 'b'), 410, 'what has the focus is held first');
  assert.is(at({}), undefined);
});

test('beside a card that is hidden the one below is next, else the one above', () => {
  const shown = (...keys: string[]) => nearest(['a', 'b', 'c', 'd'], 'b', (key) => keys.includes(key));
  assert.is(shown('a', 'd'), 'd');
  assert.is(shown('a'), 'a');
  assert.is(shown(), undefined);
  assert.is(
    nearest(['a'], 'x', () => true),
    undefined,
  );
});
