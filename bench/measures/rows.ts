/** Rows of the tables: medians over the runs, with the ratio to ours in the same run. */
import { median } from '../_kit/figures.ts';
import type { PullResult } from '../_kit/pull.ts';
import type { Row } from '../_kit/report.ts';
import type { StormResult } from '../_kit/storm.ts';
import type { HotResult } from './hot.ts';

interface Measured {
  readonly perSecond: number;
  readonly cpu: Readonly<Record<string, number>>;
}

const of = <R>(results: readonly R[], pick: (result: R) => number): number => median(results.map(pick));

const cpuOf = (results: readonly Measured[]): Row =>
  Object.fromEntries(
    Object.keys(results[0]?.cpu ?? {}).map((part) => [`µs ${part}`, of(results, ({ cpu }) => cpu[part] ?? 0)]),
  );

const rates = (results: readonly Measured[], own: readonly Measured[], what: string): Row => {
  const rate = of(results, ({ perSecond }) => perSecond);
  return { [what]: rate, 'andon ÷ it': of(own, ({ perSecond }) => perSecond) / rate };
};

export const stormRow = (results: readonly StormResult[], own: readonly StormResult[]): Row => ({
  ...rates(results, own, 'commands/s'),
  'p50 ms': of(results, ({ p50 }) => p50),
  'p99 ms': of(results, ({ p99 }) => p99),
  ...cpuOf(results),
});

export const pullRow = (results: readonly PullResult[], own: readonly PullResult[]): Row => ({
  ...rates(results, own, 'requests/s'),
  'p50 ms': of(results, ({ p50 }) => p50),
  'p95 ms': of(results, ({ p95 }) => p95),
  'p99 ms': of(results, ({ p99 }) => p99),
  ...cpuOf(results),
});

export const hotRow = (results: readonly HotResult[], own: readonly HotResult[]): Row => ({
  ...rates(results, own, 'changes/s'),
  accepted: results.reduce((sum, { accepted }) => sum + accepted, 0),
  unaccounted: results.reduce((sum, { unaccounted }) => sum + Math.abs(unaccounted), 0),
  ...cpuOf(results),
});
