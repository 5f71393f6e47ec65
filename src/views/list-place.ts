/** Places in lists of orders, as cursors: opaque text for whoever keeps them, never a place of the other sort of list. */
import { badCursor } from '../errors.ts';

/** After the order of this change. */
export interface TimePlace {
  /** RFC 3339 UTC, or 'infinity'. */
  readonly at: string;
  readonly id: string;
}

/** After the order of this name. */
export interface NamePlace {
  readonly name: string;
  readonly id: string;
}

export type ListPlace = TimePlace | NamePlace;

const NEWEST: TimePlace = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
const NO_ID = '00000000-0000-0000-0000-000000000000';

const ID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const AT = new RegExp(`^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z) ${ID}$`);
const NAMED = new RegExp(`^${ID} ([^\\0]{1,500})$`, 'v');

export const placeText = (place: ListPlace): string =>
  Buffer.from('at' in place ? `${place.at} ${place.id}` : `${place.id} ${place.name}`).toString('base64url');

const textOf = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');

/** null = before all. Throws `invalid` for a cursor that is none of ours. */
export function timePlace(cursor: string | null): TimePlace {
  if (cursor === null) return NEWEST;
  const [, at, id] = AT.exec(textOf(cursor)) ?? [];
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) throw badCursor();
  return { at, id };
}

/** null = before all that begin so. Throws `invalid` for a cursor that is none of ours, or of other names. */
export function namePlace(begins: string, cursor: string | null): NamePlace {
  if (cursor === null) return { name: begins, id: NO_ID };
  const [, id, name] = NAMED.exec(textOf(cursor)) ?? [];
  if (id === undefined || !name?.startsWith(begins)) throw badCursor();
  return { name, id };
}
