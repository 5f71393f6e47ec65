import * as assert from 'uvu/assert';
import { Breaker } from '../../src/hot/breaker.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('breaker');

function breakerAt(): { breaker: Breaker; pass(ms: number): void } {
  let time = 1_000;
  const breaker = new Breaker({ failures: 5, withinMs: 1_000, openMs: 1_000, now: () => time });
  const pass = (ms: number): void => {
    time += ms;
  };
  return { breaker, pass };
}

const fail = (breaker: Breaker, times: number): void => {
  for (let i = 0; i < times; i += 1) breaker.failed();
};

test('five failures within a second refuse everything for a second', () => {
  const { breaker, pass } = breakerAt();
  fail(breaker, 4);
  assert.ok(breaker.allows());
  fail(breaker, 1);
  assert.not(breaker.allows());
  pass(999);
  assert.not(breaker.allows());
  pass(1);
  assert.ok(breaker.allows());
});

test('failures spread over more than a second refuse nothing', () => {
  const { breaker, pass } = breakerAt();
  for (let i = 0; i < 20; i += 1) {
    breaker.failed();
    pass(300);
  }
  assert.ok(breaker.allows());
});

test('after the second one call tries, the others are still refused', () => {
  const { breaker, pass } = breakerAt();
  fail(breaker, 5);
  pass(1_000);
  assert.ok(breaker.allows());
  assert.not(breaker.allows());
  breaker.worked();
  assert.ok(breaker.allows());
  assert.ok(breaker.allows());
});

test('a failed try refuses for another second', () => {
  const { breaker, pass } = breakerAt();
  fail(breaker, 5);
  pass(1_000);
  assert.ok(breaker.allows());
  breaker.failed();
  assert.not(breaker.allows());
  pass(1_000);
  assert.ok(breaker.allows());
});

test('a success forgets the failures before it', () => {
  const { breaker } = breakerAt();
  fail(breaker, 4);
  breaker.worked();
  fail(breaker, 4);
  assert.ok(breaker.allows());
});

test('a late success of a call from before does not end the pause', () => {
  const { breaker } = breakerAt();
  fail(breaker, 5);
  breaker.worked();
  assert.not(breaker.allows());
});
