/**
 * Figures of the jobs: how many wait, run and are dead, and how old the oldest due one is. They are looked up when somebody
 * asks, on any node, and stand for all of them; while the database is away there are none, rather than old ones.
 */
import type { Queryable } from '../log/statement.ts';
import type { Counters, Sample } from '../telemetry/counters.ts';
import { COUNTED, countJobs, type JobState, kindsThere, oldestDue } from './list.ts';

const STATES: readonly JobState[] = ['due', 'running', 'dead'];

/** `kinds`: told also while there are none of them. Returns what looks: to be called before the counters are read. */
export function jobFigures(pool: Queryable, kinds: readonly string[], counters: Counters): () => Promise<void> {
  let jobs: readonly Sample[] = [];
  let ages: readonly Sample[] = [];
  counters.gauges('andon_jobs', `Jobs by kind and state; of one more than ${COUNTED} are not counted.`, () => jobs);
  counters.gauges('andon_jobs_oldest_due_seconds', 'How long the oldest due job waits; 0 = none does.', () => ages);
  return async () => {
    try {
      const all = [...new Set([...kinds, ...(await kindsThere(pool, undefined, STATES))])];
      const [counts, oldest] = await Promise.all([countJobs(pool, all, STATES), oldestDue(pool, all)]);
      jobs = counts.map(({ kind, state, count }) => [{ kind, state }, count]);
      ages = [...oldest].map(([kind, seconds]) => [{ kind }, seconds]);
    } catch {
      [jobs, ages] = [[], []];
    }
  };
}
