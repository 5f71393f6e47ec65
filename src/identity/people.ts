/** What is personal about an order or a buyer: deletable rows, written before the log names their ids. */
import { type Queryable, statement } from '../log/statement.ts';
import { ask } from './ask.ts';

const sqlPerson = statement(import.meta.url, 'sql/put-person');
const sqlNote = statement(import.meta.url, 'sql/put-note');

export async function putPerson(
  pool: Queryable,
  person: { readonly id: string; readonly name?: string; readonly contact: string },
): Promise<void> {
  await ask(pool, sqlPerson, [person.id, person.name ?? null, person.contact]);
}

export async function putNote(pool: Queryable, note: { readonly id: string; readonly text: string }): Promise<void> {
  await ask(pool, sqlNote, [note.id, note.text]);
}
