/** What the launcher asks for about jobs: which there are, and that dead ones start anew, which the log tells. */
import { JOB_KINDS } from '../../actors/jobs.ts';
import { AndonError } from '../../src/errors.ts';
import type { Queryable } from '../../src/log/statement.ts';
import { STATES } from '../../src/work/list.ts';
import type { JobsPage } from '../contract/jobs.ts';
import { jobsPage, startAllAnew, startAnew } from './jobs.ts';

/** `redrive-jobs` without an id: all that are dead, of the kind if it is given. */
export type JobRequest =
  | { readonly do: 'list-jobs'; readonly state?: string; readonly kind?: string; readonly limit: number }
  | { readonly do: 'redrive-jobs'; readonly id?: string; readonly kind?: string };

export type JobAnswer = JobsPage | { readonly redriven: number };

export interface JobTools {
  readonly pool: Queryable;
  /** A line of the log that says who did what. */
  audit(what: string, details: Readonly<Record<string, unknown>>): void;
}

/** Throws `invalid`, `not_found` or `wrong_status`. */
export async function jobAdmin({ pool: on, audit }: JobTools, request: JobRequest): Promise<JobAnswer> {
  const kind = request.kind === undefined ? {} : { kind: known(request.kind, JOB_KINDS) };
  if (request.do === 'list-jobs') {
    const { limit } = request;
    const state = request.state === undefined ? {} : { state: known(request.state, STATES) };
    return jobsPage(on, { ...kind, ...state, limit });
  }
  const redriven = (details: Readonly<Record<string, unknown>>, count: number): JobAnswer => {
    audit('jobs_redriven', { ...details, count });
    return { redriven: count };
  };
  if (request.id === undefined) return redriven(kind, (await startAllAnew(on, kind)).length);
  await startAnew(on, request.id);
  return redriven({ job: request.id }, 1);
}

function known<T extends string>(word: string, words: readonly T[]): T {
  const found = words.find((one) => one === word);
  if (found === undefined)
    throw new AndonError('invalid', `there is no ${word} job; there are: ${words.join(', ')}`, { expose: true });
  return found;
}
