/** Whose badge was scanned: it says an operator's id, or a name that only one has. Pure. */
import type { Operator } from '../../../gateways/contract/operator.ts';

type Person = Pick<Operator, 'id' | 'name'>;

const plain = (text: string): string => text.trim().toLowerCase();

export function bearerOf<T extends Person>(text: string, people: readonly T[]): T | undefined {
  const said = plain(text);
  const named = people.filter(({ name }) => plain(name) === said);
  return people.find(({ id }) => id === said) ?? (named.length === 1 ? named[0] : undefined);
}
