/**
 * One attempt at one job: runs its handler under a lease that is renewed every third of its time, and writes what became
 * of it. The signal is aborted when the lease is lost (another worker may have the job by then) or the worker stops.
 */
import { causeOf } from './cause.ts';
import type { Cause, Job, Jobs } from './jobs.ts';

/** `obsolete`: why the result is not wanted any more. Nothing: done. */
export type Outcome = { readonly obsolete: string } | undefined;

export interface Handler {
  run(job: Job, signal: AbortSignal): Promise<Outcome>;
  /** After the last attempt, before the job is dead: tells those who wait. Must bear being called again. */
  givenUp?(job: Job, code: string): Promise<void>;
}

export interface WorkEvent {
  readonly what:
    | 'job_done'
    | 'job_obsolete'
    | 'job_retried'
    | 'job_dead'
    | 'job_lost'
    | 'job_given_back'
    | 'work_failed';
  readonly job?: Job;
  readonly code?: string;
  readonly error?: unknown;
}

export interface AttemptOptions {
  readonly leaseMs: number;
  /** After so many a job is dead. */
  readonly attempts: number;
  /** Wait after attempt n, milliseconds. */
  backoffMs(attempt: number): number;
  tell(event: WorkEvent): void;
}

const STOP = 'stop';
const LOST = 'lost';

const LEASE_EXPIRED: Cause = { code: 'lease_expired', message: 'every worker that tried it died or hung' };

/** Never throws for a fault of the job; throws where the database is away (the lease then runs out). */
export async function attempt(
  jobs: Jobs,
  job: Job,
  handler: Handler,
  stop: AbortSignal,
  options: AttemptOptions,
): Promise<void> {
  const { attempts, tell } = options;
  if (job.attempt > attempts) return giveUp(jobs, job, handler, LEASE_EXPIRED, options);
  const lease = keepLease(jobs, job, options.leaseMs);
  const onStop = (): void => lease.end.abort(STOP);
  stop.addEventListener('abort', onStop);
  if (stop.aborted) onStop();
  try {
    const outcome = await handler.run(job, lease.end.signal);
    lease.release();
    await jobs.finish(job, outcome ? 'obsolete' : 'done', outcome?.obsolete);
    tell({ what: outcome ? 'job_obsolete' : 'job_done', job, ...(outcome ? { code: outcome.obsolete } : {}) });
  } catch (error) {
    lease.release();
    const cause = causeOf(error);
    const { code } = cause;
    if (lease.end.signal.reason === LOST) return tell({ what: 'job_lost', job, code, error });
    if (lease.end.signal.reason === STOP) {
      await jobs.giveBack(job);
      return tell({ what: 'job_given_back', job });
    }
    if (job.attempt >= attempts) return giveUp(jobs, job, handler, cause, options, error);
    await jobs.retry(job, options.backoffMs(job.attempt), cause);
    tell({ what: 'job_retried', job, code, error });
  } finally {
    lease.release();
    stop.removeEventListener('abort', onStop);
  }
}

/** First the news, then the mark: who dies in between is followed by another that does both again. */
async function giveUp(
  jobs: Jobs,
  job: Job,
  handler: Handler,
  cause: Cause,
  { tell, leaseMs }: AttemptOptions,
  error?: unknown,
): Promise<void> {
  const lease = keepLease(jobs, job, leaseMs);
  try {
    await handler.givenUp?.(job, cause.code);
    await jobs.bury(job, cause);
  } finally {
    lease.release();
  }
  tell({ what: 'job_dead', job, code: cause.code, error });
}

/** A heartbeat that fails is tried again until the lease, counted from the last good one, has run out. */
function keepLease(jobs: Jobs, job: Job, leaseMs: number): { readonly end: AbortController; release(): void } {
  const end = new AbortController();
  let until = performance.now() + leaseMs;
  const timer = setInterval(() => {
    const asked = performance.now();
    jobs.heartbeat(job).then(
      (mine) => {
        if (mine) until = asked + leaseMs;
        else end.abort(LOST);
      },
      () => performance.now() > until && end.abort(LOST),
    );
  }, leaseMs / 3);
  return { end, release: () => clearInterval(timer) };
}
