/**
 * Which database this is. A copy restored from a dump brings rows with transaction numbers of the cluster it came from;
 * feeds would wait for them, or pass over new ones. So nothing serves a copy before `andon adopt` (adopt.ts).
 */
import { AndonError } from '../errors.ts';
import { type Queryable, statement } from './statement.ts';

export interface Origin {
  readonly era: number;
  /** What the database says it is; null = not taken into use yet. */
  readonly origin: string | null;
  /** What it is. */
  readonly here: string;
}

const read = statement<Origin>(import.meta.url, 'sql/origin');
const note = statement(import.meta.url, 'sql/origin-note');

export async function originOf(on: Queryable): Promise<Origin> {
  const [found] = await read.run(on);
  if (found === undefined) throw new AndonError('no_database', 'the table era has no row', { expose: true });
  return found;
}

/** Throws `not_adopted` for a copy of another database. */
export function checkOrigin({ origin, here }: Origin): void {
  if (origin === null || origin === here) return;
  throw new AndonError(
    'not_adopted',
    'this database was restored from another one, and its log has not been adopted here. With nothing of Andon running: ./andon adopt',
    { expose: true, details: { origin, here } },
  );
}

/** As the owner, once the tables are there. Throws `not_adopted`. */
export async function settleOrigin(owner: Queryable): Promise<void> {
  const found = await originOf(owner);
  checkOrigin(found);
  if (found.origin === null) await note.run(owner, [found.here]);
}
