import * as assert from 'uvu/assert';
import { priceWait, shareOver } from '../../web/shop/price-wait.ts';
import { spec } from '../_kit/spec.ts';

const ORDER = '11111111-1111-5111-8111-111111111111';
const told = (position: number, etaSeconds: number | null, done = false) =>
  priceWait({ order: ORDER, position, etaSeconds, done });

const test = spec('words for the wait for a price');

test('the place counts from one, and nobody before it is “next”', () => {
  assert.equal(
    [told(0, null), told(1, null), told(1_233, null)].map(({ place }) => place),
    ['next', '2', '1,234'],
  );
});

test('the time is a span around the estimate, rounded outwards', () => {
  const spans: readonly [number, string][] = [
    [1, 'under 5 s'],
    [10, '5–15 s'],
    [40, '25–60 s'],
    [41, 'under 2 min'],
    [300, '3–8 min'],
    [801, '5–25 min'],
    [4_200, '45–105 min'],
    [7_201, '1–4 h'],
  ];
  assert.equal(
    spans.map(([seconds]) => told(1, seconds).ready),
    spans.map(([, span]) => span),
  );
});

test('of the next one, which may be running already, only the most is told', () => {
  assert.equal(
    [4, 20, 300].map((seconds) => told(0, seconds).ready),
    ['under 10 s', 'under 30 s', 'under 8 min'],
  );
});

test('what nobody knows is not told', () => {
  const nothing = { place: undefined, ready: undefined };
  assert.equal(told(3, null), { place: '4', ready: undefined });
  assert.equal(priceWait(undefined), nothing);
  assert.equal(told(0, 0, true), nothing);
});

test('of the wait as much is over as was waited of all of it, never quite all', () => {
  const share = (etaSeconds: number | null, waitedMs: number) =>
    shareOver({ order: ORDER, position: 1, etaSeconds, done: false }, waitedMs);
  assert.equal([share(60, 0), share(60, 60_000), share(0, 60_000), share(null, 5)], [0, 50, 95, undefined]);
  assert.is(shareOver(undefined, 5), undefined);
});
