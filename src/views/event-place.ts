/** Places in the event feed of a tenant, opaque to whoever keeps them. */
import { invalidInput } from '../errors.ts';
import type { FeedCursor } from '../log/rows.ts';

/** A row of the log, and the event within it. */
export interface EventPlace extends FeedCursor {
  readonly n: number;
}

/** Before the first event. */
export const FIRST: EventPlace = { era: 0, xid: '0', seq: '0', n: 0 };

const FORM = /^(\d{1,10}):(\d{1,20}):(\d{1,19}):(\d{1,9})$/;
const MOST_ERA = 2 ** 31 - 1;
const MOST_XID = 2n ** 64n - 1n;
const MOST_SEQ = 2n ** 63n - 1n;

export const placeText = ({ era, xid, seq, n }: EventPlace): string =>
  Buffer.from(`${era}:${xid}:${seq}:${n}`).toString('base64url');

/** `path`: where it was given. Throws `invalid` for what is no place of ours. */
export function placeFrom(text: string, path: string): EventPlace {
  const [, era, xid, seq, n] = FORM.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? [];
  const place = era && xid && seq && n ? { era: Number(era), xid, seq, n: Number(n) } : undefined;
  const fits =
    place !== undefined &&
    place.era <= MOST_ERA &&
    BigInt(place.xid) <= MOST_XID &&
    BigInt(place.seq) <= MOST_SEQ &&
    placeText(place) === text;
  if (!fits) throw invalidInput([{ path, rule: 'must be a place that this feed gave' }]);
  return place;
}
