/**
 * Makes a log our own that comes from elsewhere: from a dump, or from a standby that may have missed the newest rows.
 *
 * A1 A new era, in the default of the column and in the table `era`, in one transaction: from then on every row there is
 *    comes before every new one, whatever their transaction numbers say; cursors and places of partners stay true.
 * A2 Nobody serves meanwhile: rows of the old era that come in behind a cursor would be told to nobody.
 * A3 Twice does no harm: an era without rows.
 */
import { AndonError } from '../errors.ts';
import { originOf } from './origin.ts';
import { type Queryable, statement } from './statement.ts';

export interface Adopted {
  readonly era: number;
  /** Where it came from; null = never taken into use. */
  readonly from: string | null;
  readonly here: string;
  /** Jobs that begin again. */
  readonly jobs: number;
  /** Sessions that ended. */
  readonly sessions: number;
}

const serving = statement<{ readonly process: string; readonly host: string }>(import.meta.url, 'sql/serving');
const rows = statement<{ readonly jobs: number; readonly sessions: number }>(import.meta.url, 'sql/adopt-rows');

/** Throws `still_serving`, naming who has a connection. */
export async function checkNobodyServes(on: Queryable): Promise<void> {
  const found = await serving.run(on);
  if (found.length === 0) return;
  const who = found.map(({ process, host }) => `${process} at ${host}`).join(', ');
  throw new AndonError('still_serving', `processes of Andon work on this database: ${who}. End them first.`, {
    expose: true,
  });
}

/** One connection of the owner of the tables. */
export async function adoptLog(owner: Queryable): Promise<Adopted> {
  const say = (text: string): Promise<unknown> => owner.query({ text });
  await checkNobodyServes(owner);
  await say('BEGIN');
  try {
    await say(`SET LOCAL lock_timeout = '10s'`);
    await say('LOCK TABLE era, actor_log IN ACCESS EXCLUSIVE MODE');
    const { era: before, origin, here } = await originOf(owner);
    const era = before + 1;
    await say(`ALTER TABLE actor_log ALTER COLUMN era SET DEFAULT ${era}`);
    await owner.query({ text: 'UPDATE era SET current = $1, origin = $2 WHERE one', values: [era, here] });
    const [done] = await rows.run(owner);
    await say('COMMIT');
    return { era, from: origin, here, jobs: done?.jobs ?? 0, sessions: done?.sessions ?? 0 };
  } catch (error) {
    await say('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
