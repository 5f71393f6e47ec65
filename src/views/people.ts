/** Who is at a board, and since when: stands beside the cards, because it changes no order's version. */

export interface PersonNow {
  readonly present: boolean;
  /** Milliseconds since 1970, by the clock of Redis: since when present, or absent as far as was noticed. */
  readonly since: number;
  /** Holds an order and was never seen at a board. */
  readonly unseen?: true;
}

/** By id of the person. */
export type People = Readonly<Record<string, PersonNow>>;

/** From a hash of Redis: person → JSON. */
export function parsePeople(flat: readonly string[]): People {
  const people: Record<string, PersonNow> = {};
  for (let i = 0; i < flat.length; i += 2) people[flat[i] ?? ''] = JSON.parse(flat[i + 1] ?? '');
  return people;
}
