/** What every process tells of itself. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Counters } from './counters.ts';

export function processFigures(type: string, version: string, counters: Counters): void {
  const started = Date.now() / 1_000 - process.uptime();
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  counters.gauges('andon_process_info', 'Always 1: which process of which release this is.', () => [
    [{ type, version }, 1],
  ]);
  counters.gauge('andon_process_start_time_seconds', 'When it started.', () => started);
  counters.gauge('andon_process_resident_bytes', 'Memory it holds.', () => process.memoryUsage.rss());
  counters.gauge('andon_event_loop_delay_seconds', 'The longest delay since it was last asked.', () => {
    const longest = delay.max / 1e9;
    delay.reset();
    return longest;
  });
}
