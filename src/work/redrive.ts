/**
 * Re-drive: a dead job is started anew because a person mended what it died of. Its attempts count from none again; its
 * `drive` is one more, so its results are new commands and not the repeats of those that were refused.
 */
import { type Queryable, statement } from '../log/statement.ts';
import type { JobState } from './list.ts';

export interface DeadJobs {
  readonly kinds: readonly string[];
  /** Code of the cause. */
  readonly code?: string | undefined;
  /** '' = the house. */
  readonly share?: string | undefined;
  /** Made before, RFC 3339. */
  readonly before?: string | undefined;
}

const some = statement<{ readonly id: string }>(import.meta.url, 'sql/redrive');
const one = statement<{ readonly was: JobState }>(import.meta.url, 'sql/redrive-one');

/** Returns their ids. */
export async function redrive(on: Queryable, { kinds, code, share, before }: DeadJobs): Promise<string[]> {
  const rows = await some.run(on, [kinds, code ?? null, share ?? null, before ?? null]);
  return rows.map(({ id }) => id);
}

/** The state it was in: `dead` = it was started anew; undefined = there is no such job. */
export const redriveOne = async (on: Queryable, id: string): Promise<JobState | undefined> =>
  (await one.run(on, [id]))[0]?.was;
