import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { type Bucket, bucketOf, figureOf } from '../../src/views/flow-buckets.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('buckets of stays');

const YEARS_MS = 3 * 365 * 86_400_000;

function bucketsOf(stays: readonly number[]): Bucket[] {
  const buckets = new Map<number, Bucket>();
  for (const ms of stays) {
    const bucket = bucketOf(ms);
    const before = buckets.get(bucket);
    buckets.set(bucket, { bucket, stays: (before?.stays ?? 0) + 1, ms: (before?.ms ?? 0) + ms });
  }
  return [...buckets.values()];
}

test('means are exact, quantiles off by less than a tenth', () => {
  const stays = fc.array(fc.integer({ min: 0, max: YEARS_MS }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(stays, (all) => {
      const figure = figureOf(bucketsOf(all));
      const sorted = all.toSorted((a, b) => a - b);
      const exact = (part: number): number => sorted[Math.ceil(all.length * part) - 1] ?? Number.NaN;
      assert.is(figure?.count, all.length);
      assert.is(figure?.mean, Math.round(all.reduce((sum, ms) => sum + ms, 0) / all.length));
      for (const [told, true_] of [
        [figure?.median, exact(0.5)],
        [figure?.p95, exact(0.95)],
      ] as const)
        assert.ok(told !== undefined && Math.abs(told - true_) <= true_ * 0.095 + 1, `${told} for ${true_}`);
    }),
  );
});

test('a longer stay is in no lower bucket, and there are few buckets', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: YEARS_MS }), fc.integer({ min: 0, max: YEARS_MS }), (a, b) => {
      if (a < b) assert.ok(bucketOf(a) <= bucketOf(b));
    }),
  );
  assert.is(bucketOf(0), 0);
  assert.ok(bucketOf(YEARS_MS) < 300);
});

test('of one stay all figures are that stay; of none there are no figures', () => {
  assert.equal(figureOf(bucketsOf([61_003])), { count: 1, mean: 61_003, median: 61_003, p95: 61_003 });
  assert.is(figureOf([]), undefined);
  assert.is(figureOf([{ bucket: 3, stays: 0, ms: 0 }]), undefined);
});

test('figures that are put together from parts are those of the whole, in whatever order they come', () => {
  const parts = [bucketsOf([10, 20_000, 5]), bucketsOf([10, 7])];
  const sums = new Map<number, Bucket>();
  for (const { bucket, stays, ms } of parts.flat().toReversed()) {
    const before = sums.get(bucket) ?? { stays: 0, ms: 0 };
    sums.set(bucket, { bucket, stays: before.stays + stays, ms: before.ms + ms });
  }
  assert.equal(figureOf([...sums.values()]), figureOf(bucketsOf([5, 7, 10, 10, 20_000])));
});
