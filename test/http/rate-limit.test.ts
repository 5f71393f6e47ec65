import * as assert from 'uvu/assert';
import { RateLimit } from '../../src/http/rate-limit.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('rate limit');

test('a second’s worth at once, then one for each share of a second', () => {
  let now = 0;
  const rate = new RateLimit(10, () => now);
  assert.is(Array.from({ length: 15 }, () => rate.take('a')).filter(Boolean).length, 10);
  now = 99;
  assert.not(rate.take('a'));
  now = 200;
  assert.ok(rate.take('a'));
});

test('callers do not share a limit', () => {
  const rate = new RateLimit(1, () => 0);
  assert.ok(rate.take('a') && rate.take('b'));
  assert.not(rate.take('a'));
});

test('an idle caller saves up no more than a second’s worth', () => {
  let now = 0;
  const rate = new RateLimit(5, () => now);
  rate.take('a');
  now = 3_600_000;
  assert.is(Array.from({ length: 10 }, () => rate.take('a')).filter(Boolean).length, 5);
});

test('what costs more takes more, and what costs more than there ever is takes all there is', () => {
  let now = 0;
  const rate = new RateLimit(10, () => now);
  assert.ok(rate.take('a', 7));
  assert.not(rate.take('a', 4));
  assert.ok(rate.take('a', 3));
  now = 900;
  assert.not(rate.take('a', 20));
  now = 1_000;
  assert.ok(rate.take('a', 20));
  assert.not(rate.take('a'));
});
