/**
 * What is personal about an order or a buyer: deletable rows, written before the log names their ids. What a command wrote
 * that came to nothing is swept.
 */
import { type Queryable, statement } from '../log/statement.ts';
import { ask } from './ask.ts';

/** The command whose row of the log will name what is written. */
export interface Cause {
  readonly kind: string;
  readonly actor: string;
  readonly commandId: string;
}

interface Swept {
  readonly looked: number;
  readonly gone: number;
}

const BATCH = 500;

const sqlPerson = statement(import.meta.url, 'sql/put-person');
const sqlNote = statement(import.meta.url, 'sql/put-note');
const sweeps = [
  statement<Swept>(import.meta.url, 'sql/sweep-people'),
  statement<Swept>(import.meta.url, 'sql/sweep-notes'),
];

/** `cause` absent: it is the buyer's own, named by the user. */
export async function putPerson(
  pool: Queryable,
  person: { readonly id: string; readonly name?: string; readonly contact: string; readonly cause?: Cause },
): Promise<void> {
  const { cause } = person;
  const named = [cause?.kind ?? null, cause?.actor ?? null, cause?.commandId ?? null];
  await ask(pool, sqlPerson, [person.id, person.name ?? null, person.contact, ...named]);
}

export async function putNote(
  pool: Queryable,
  { id, text, cause }: { readonly id: string; readonly text: string; readonly cause: Cause },
): Promise<void> {
  await ask(pool, sqlNote, [id, text, cause.kind, cause.actor, cause.commandId]);
}

/** Rows of commands that are so old and stand in no log. Returns how many went. */
export async function sweepUnnamed(pool: Queryable, olderThanMs: number): Promise<number> {
  let removed = 0;
  for (const sweep of sweeps)
    for (let looked = BATCH; looked === BATCH; ) {
      const [line] = await ask(pool, sweep, [olderThanMs / 1_000, BATCH]);
      looked = line?.looked ?? 0;
      removed += line?.gone ?? 0;
    }
  return removed;
}
