/** What people ask of the jobs, over REST and on the command line: which there are, and that dead ones start anew. */
import { AndonError } from '../../src/errors.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Queryable } from '../../src/log/statement.ts';
import { HOUSE } from '../../src/work/jobs.ts';
import { countJobs, type JobCount, kindsThere, type ListedJob, listJobs, STATES } from '../../src/work/list.ts';
import { type DeadJobs, redrive, redriveOne } from '../../src/work/redrive.ts';
import { type Counts, HOUSE_SHARE, type Job, type JobsPage, type JobsQuery, type Redrive } from '../contract/jobs.ts';

const PAGE = 50;

/** Throws `invalid` for a cursor that is none of ours. */
export async function jobsPage(on: Queryable, { state, kind, cursor, limit = PAGE }: JobsQuery): Promise<JobsPage> {
  const states = state === undefined ? STATES : [state];
  const kinds = await kindsThere(on, kind);
  const page = await listJobs(on, states, kinds, cursor ?? null, limit);
  const counts = sum(await countJobs(on, kinds));
  return { items: page.items.map(render), next: page.next, counts };
}

function sum(counted: readonly JobCount[]): Counts {
  const counts = { due: 0, running: 0, done: 0, obsolete: 0, dead: 0 };
  for (const { state, count } of counted) counts[state] += count;
  return counts;
}

/** An outcome from before belongs to an attempt that failed, not to one that did it in the end. */
function render({ payload, message, trace, created_at, due, outcome, ...job }: ListedJob): Job {
  const { order } = (payload ?? {}) as { readonly order?: unknown };
  return {
    id: job.id,
    kind: job.kind,
    order: typeof order === 'string' ? order : null,
    state: job.state,
    attempt: job.attempt,
    drive: job.drive,
    due: due.toISOString(),
    share: job.share,
    outcome: job.state === 'done' ? null : outcome,
    ...(message === null || job.state === 'done' ? {} : { message }),
    createdAt: created_at.toISOString(),
    ...(trace === null ? {} : { trace }),
  };
}

/** Throws `not_found`, or `wrong_status` for what is not dead. */
export async function startAnew(on: Queryable, id: string): Promise<void> {
  const was = await redriveOne(on, id);
  if (was === undefined) throw notFound();
  if (was !== 'dead')
    throw new AndonError('wrong_status', `the job is ${was}, not dead`, {
      expose: true,
      details: { status: was, allowed: ['dead'] },
    });
}

/** Returns the ids of all that were dead and are as described. */
export async function startAllAnew(on: Queryable, { kind, share, code, before }: Redrive): Promise<string[]> {
  const wanted: DeadJobs = {
    kinds: await kindsThere(on, kind, ['dead']),
    share: share === HOUSE_SHARE ? HOUSE : share,
    code,
    // As the calendar has it: a 31st of February is in March.
    before: before === undefined ? undefined : new Date(before).toISOString(),
  };
  return redrive(on, wanted);
}
