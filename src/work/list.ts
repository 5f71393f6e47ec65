/**
 * Jobs as people look at them: pages, the newest first, and figures. Counts stop at a bound, so that a year of jobs that
 * are done costs no more than a day's.
 */
import { badCursor } from '../errors.ts';
import { type Queryable, statement } from '../log/statement.ts';

export const STATES = ['due', 'running', 'done', 'obsolete', 'dead'] as const;
export type JobState = (typeof STATES)[number];

export interface ListedJob {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly payload: unknown;
  readonly attempt: number;
  readonly drive: number;
  readonly due: Date;
  readonly share: string | null;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly trace: string | null;
  readonly created_at: Date;
}

export interface JobPage {
  readonly items: readonly ListedJob[];
  /** Cursor of the next page; null at the end. */
  readonly next: string | null;
}

export interface JobCount {
  readonly kind: string;
  readonly state: JobState;
  readonly count: number;
}

/** The cursor is the time in microseconds, for rows made in one statement differ by no more, and the id. */
interface Line extends ListedJob {
  readonly at: string;
}

const list = statement<Line>(import.meta.url, 'sql/jobs-list');
const count = statement<JobCount>(import.meta.url, 'sql/jobs-count');
const there = statement<{ readonly kind: string }>(import.meta.url, 'sql/jobs-kinds');
const oldest = statement<{ readonly kind: string; readonly seconds: number }>(import.meta.url, 'sql/jobs-oldest');

/** More of one kind and state than this are not counted. */
export const COUNTED = 10_000;

/** Throws `invalid` for a cursor that is none of ours. */
export async function listJobs(
  on: Queryable,
  states: readonly JobState[],
  kinds: readonly string[],
  cursor: string | null,
  limit: number,
): Promise<JobPage> {
  const [time, id] = cursor === null ? [null, null] : decode(cursor);
  const lines = await list.run(on, [states, kinds, time, id, limit + 1]);
  const items = lines.slice(0, limit);
  const last = items.at(-1);
  const next = lines.length > limit && last ? Buffer.from(`${last.at} ${last.id}`).toString('base64url') : null;
  return { items, next };
}

export const countJobs = (
  on: Queryable,
  kinds: readonly string[],
  states: readonly JobState[] = STATES,
): Promise<JobCount[]> => count.run(on, [states, kinds, COUNTED]);

/** The kinds there are jobs of; of a wanted one also those of single nodes, `<kind>:<node>`. */
export const kindsThere = async (
  on: Queryable,
  wanted?: string,
  states: readonly JobState[] = STATES,
): Promise<string[]> => (await there.run(on, [states, wanted ?? null])).map(({ kind }) => kind);

/** Seconds that the oldest due job of a kind has waited, by kind. */
export const oldestDue = async (on: Queryable, kinds: readonly string[]): Promise<ReadonlyMap<string, number>> =>
  new Map((await oldest.run(on, [kinds])).map(({ kind, seconds }) => [kind, seconds]));

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function decode(cursor: string): [string, string] {
  const [, time, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (time === undefined || id === undefined || Number.isNaN(Date.parse(time))) throw badCursor();
  return [time, id];
}
