/** Jobs as those see them who look after them, and how the dead are driven anew. */
import Type, { type Static } from 'typebox';
import { fields } from '../../actors/fields.ts';
import { JOB_KINDS } from '../../actors/jobs.ts';
import type { Endpoint } from './endpoint.ts';
import { nullable, Time, Uuid } from './shapes.ts';

export const JobState = Type.Enum(['due', 'running', 'done', 'obsolete', 'dead']);
export type JobState = Static<typeof JobState>;
export const JobKind = Type.Enum([...JOB_KINDS]);

export const Job = Type.Object({
  id: Uuid,
  kind: Type.String(),
  order: nullable(Uuid),
  state: JobState,
  attempt: Type.Integer({ description: 'attempts of this drive, the present one included' }),
  drive: Type.Integer({ description: 'how often a person started it anew' }),
  due: Time,
  share: nullable(
    Type.String({ description: 'id of the partner whose part of the workers it takes; null = the house' }),
  ),
  outcome: nullable(Type.String({ description: 'code of the last failure, or why nobody wanted the result' })),
  message: Type.Optional(Type.String({ description: 'the failure in words' })),
  createdAt: Time,
  trace: Type.Optional(Type.String({ description: 'W3C traceparent of the command that made it' })),
});
export type Job = Static<typeof Job>;

/** Of the kind asked for, or of all; not counted further than 10,000. */
const Counts = Type.Object({
  due: Type.Integer(),
  running: Type.Integer(),
  done: Type.Integer(),
  obsolete: Type.Integer(),
  dead: Type.Integer(),
});
export type Counts = Static<typeof Counts>;

export const JobsPage = Type.Object({
  items: Type.Array(Job),
  next: nullable(Type.String()),
  counts: Counts,
});
export type JobsPage = Static<typeof JobsPage>;

export const JobsQuery = fields({
  state: Type.Optional(JobState),
  kind: Type.Optional(JobKind),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
});
export type JobsQuery = Static<typeof JobsQuery>;

/** Share of what counts against no partner, where a partner's id may stand. */
export const HOUSE_SHARE = 'house';

export const Redrive = fields({
  kind: Type.Optional(JobKind),
  code: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_]{1,60}$', description: 'an outcome of jobs' })),
  share: Type.Optional(
    Type.String({ pattern: '^(house|[0-9a-f-]{36})$', description: '`house` or the id of a partner' }),
  ),
  before: Type.Optional(
    Type.String({
      pattern: '^2\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z$',
      description: 'a time by RFC 3339, UTC: only jobs made before',
    }),
  ),
});
export type Redrive = Static<typeof Redrive>;

export const Redriven = Type.Object({ redriven: Type.Integer() });

const roles = ['engineer', 'crm'];
const define = <const E extends Endpoint>(endpoint: E): E => endpoint;

export const listJobs = define({
  name: 'jobs',
  method: 'GET',
  path: '/api/jobs',
  about: 'Jobs, the newest first.',
  access: 'session',
  roles,
  query: JobsQuery,
  status: 200,
  answer: JobsPage,
});
export const redriveJob = define({
  name: 'redrive-job',
  method: 'POST',
  path: '/api/jobs/:id/redrive',
  about: 'Starts a dead job anew; another state is `wrong_status`.',
  access: 'session',
  roles,
  codes: ['wrong_status'],
  body: fields({}),
  status: 200,
  answer: Redriven,
});
export const redriveJobs = define({
  name: 'redrive-jobs',
  method: 'POST',
  path: '/api/jobs/redrive',
  about: 'Starts all dead jobs anew that are as described.',
  access: 'session',
  roles,
  body: Redrive,
  status: 200,
  answer: Redriven,
});

export const JOB_ENDPOINTS: readonly Endpoint[] = [listJobs, redriveJob, redriveJobs];
