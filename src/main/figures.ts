/** What /metrics shows. */
import { JOB_KINDS } from '../../actors/jobs.ts';
import { OUTWARD_FEED } from '../amqp/outward-feed.ts';
import type { Core } from '../core.ts';
import { spoolFigures } from '../files/figures.ts';
import { feedLag } from '../views/cursors.ts';
import { type FlowMetricsOptions, flowMetrics } from '../views/flow-metrics.ts';
import { jobFigures } from '../work/figures.ts';

export function figuresOf({ pool, counters, broker }: Core, flow: FlowMetricsOptions): () => Promise<string> {
  let lag = 0;
  if (broker !== undefined) {
    counters.gauge('andon_broker_connected', '1 = RabbitMQ is there.', () => Number(broker.connected));
    counters.gauge('andon_events_lag_seconds', 'Age of the oldest event not yet told outside.', () => lag);
  }
  const lookAtJobs = jobFigures(pool, JOB_KINDS, counters);
  const lookAtSpools = spoolFigures(pool, counters);
  const lookAtFlow = flowMetrics(flow, counters);
  return async () => {
    await Promise.all([lookAtJobs(), lookAtSpools(), lookAtFlow()]);
    if (broker !== undefined) lag = await feedLag(pool, OUTWARD_FEED).catch(() => Number.NaN);
    return counters.text();
  };
}
