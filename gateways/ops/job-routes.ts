/** Jobs over REST, for who looks after them. Whoever starts jobs anew is named in the log. */
import { idIn, principalIn } from '../../src/http/caller.ts';
import type { Call, Route } from '../../src/http/route.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { Queryable } from '../../src/log/statement.ts';
import * as contract from '../contract/jobs.ts';
import { jobsPage, startAllAnew, startAnew } from './jobs.ts';

export interface JobDeps {
  readonly pool: Queryable;
  /** A line of the log that says who did what. */
  audit(what: string, details: Readonly<Record<string, unknown>>): void;
}

export function jobRoutes({ pool, audit }: JobDeps): Route[] {
  const redriven = (call: Call, details: Readonly<Record<string, unknown>>, count: number) => {
    audit('jobs_redriven', { by: principalIn(call).id, ...details, count, trace: call.trace });
    return { body: { redriven: count } };
  };
  return [
    {
      endpoint: contract.listJobs,
      handle: async (call) => ({ body: await orUnavailable(jobsPage(pool, call.query as contract.JobsQuery)) }),
    },
    {
      endpoint: contract.redriveJob,
      handle: async (call) => {
        const id = idIn(call);
        await orUnavailable(startAnew(pool, id));
        return redriven(call, { job: id }, 1);
      },
    },
    {
      endpoint: contract.redriveJobs,
      handle: async (call) => {
        const wanted = call.body as contract.Redrive;
        return redriven(call, { ...wanted }, (await orUnavailable(startAllAnew(pool, wanted))).length);
      },
      faults: (_, { before }) =>
        typeof before === 'string' && Number.isNaN(Date.parse(before))
          ? [{ path: '/before', rule: 'no such time' }]
          : [],
    },
  ];
}
