/** Reading the whole log once, for who holds something else against it. Not for use while much is going on. */
import type { LogRow } from '../runtime/actor.ts';
import { logRow, type StoredRow } from './rows.ts';
import { type Queryable, statement } from './statement.ts';

const PAGE = 500;
const NO_ID = '00000000-0000-0000-0000-000000000000';

const newest = statement<StoredRow>(import.meta.url, 'sql/newest-page');
const gaps = statement<{ readonly kind: string; readonly actor_id: string }>(import.meta.url, 'sql/gaps');

/** The newest row of every actor of a kind, by id. The session needs `READ_SETTINGS`. */
export async function* heads(on: Queryable, kind: string): AsyncGenerator<LogRow> {
  for (let after = NO_ID; ; ) {
    const page = await newest.run(on, [kind, after, PAGE]);
    yield* page.map(logRow);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.actor_id;
  }
}

/** Actors with a gap in their versions, `<kind> <id>`. On one connection without a time limit. */
export async function actorsWithGaps(on: Queryable, most: number): Promise<readonly string[]> {
  return (await gaps.run(on, [most])).map(({ kind, actor_id }) => `${kind} ${actor_id}`);
}
