/** Workers in lock-step: time is counted in ticks, so who waits how long depends on nobody's clock or load. */
import { randomUUID } from 'node:crypto';
import type { Job, Jobs } from '../../src/work/jobs.ts';
import type { WithJobs } from './with-jobs.ts';

const TICK_MS = 1_000;

export interface Started {
  readonly job: Job;
  readonly tick: number;
}

interface ShopOptions {
  readonly workers: number;
  readonly slots: number;
  /** Ticks that a job takes, 1 unless told. */
  readonly ticks?: (job: Job) => number;
  readonly weights?: Readonly<Record<string, number>>;
}

/** Works until `enough` says so, or nothing is left; tells what was started when. */
export async function work(
  { jobs }: Pick<WithJobs, 'jobs'>,
  { workers, slots, ticks = () => 1, weights = {} }: ShopOptions,
  enough: (started: readonly Started[]) => boolean = () => false,
): Promise<Started[]> {
  const crew = Array.from({ length: workers }, () => ({
    jobs: jobs(randomUUID(), 60_000, { weights }) as Jobs,
    running: [] as { job: Job; until: number }[],
  }));
  const started: Started[] = [];
  for (let tick = 0; ; tick++) {
    for (const worker of crew) {
      for (const { job, until } of worker.running)
        if (until === tick) {
          await worker.jobs.finish(job, 'done');
          await worker.jobs.charge(['test'], job, ticks(job) * TICK_MS);
        }
      worker.running = worker.running.filter(({ until }) => until !== tick);
    }
    for (const worker of crew) {
      const free = slots - worker.running.length;
      const claimed = free > 0 ? await worker.jobs.claim(['test'], free) : [];
      for (const job of claimed) {
        started.push({ job, tick });
        worker.running.push({ job, until: tick + ticks(job) });
      }
    }
    if (enough(started) || crew.every(({ running }) => running.length === 0)) return started;
  }
}

export const shareOf = ({ job }: Started): string => job.share ?? 'house';

export const countBy = (started: readonly Started[]): Record<string, number> =>
  started.reduce<Record<string, number>>((sum, one) => {
    sum[shareOf(one)] = (sum[shareOf(one)] ?? 0) + 1;
    return sum;
  }, {});

/** Mean of the ticks that a share's jobs waited. */
export function meanWait(started: readonly Started[], share: string): number {
  const waits = started.filter((one) => shareOf(one) === share).map(({ tick }) => tick);
  return waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
}
