/** The flow figures as metrics: the same that everybody else is told, so they cost nothing more. */
import type { Counters, Sample } from '../telemetry/counters.ts';
import type { Figure } from './flow-buckets.ts';
import type { SiteFigures } from './flow-figures.ts';

export interface FlowMetricsOptions {
  sites(): readonly string[];
  flow(site: string): Promise<SiteFigures | undefined>;
}

const QUANTILES: readonly (readonly [quantile: string, of: (figure: Figure) => number])[] = [
  ['0.5', ({ median }) => median],
  ['0.95', ({ p95 }) => p95],
];
const seconds = (ms: number): number => ms / 1_000;

/** Returns what looks: to be called before the counters are read. */
export function flowMetrics({ sites, flow }: FlowMetricsOptions, counters: Counters): () => Promise<void> {
  let known: readonly SiteFigures[] = [];
  const each = (samples: (labels: { site: string; status: string }, figure: Figure) => readonly Sample[]) => () =>
    known.flatMap(({ site, steps }) => [...steps].flatMap(([status, figure]) => samples({ site, status }, figure)));
  counters.gauges(
    'andon_flow_seconds',
    'How long orders stayed in a status, of the stays that ended lately.',
    each((labels, figure) => QUANTILES.map(([quantile, of]) => [{ ...labels, quantile }, seconds(of(figure))])),
  );
  counters.gauges(
    'andon_flow_mean_seconds',
    'The mean of the same stays.',
    each((labels, { mean }) => [[labels, seconds(mean)]]),
  );
  counters.gauges(
    'andon_flow_stays',
    'How many stays these are.',
    each((labels, { count }) => [[labels, count]]),
  );
  return async () => {
    known = (await Promise.all(sites().map(flow))).filter((figures) => figures !== undefined);
  };
}
