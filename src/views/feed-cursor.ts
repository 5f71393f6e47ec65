/** Places in the feed as text, for the stores that keep them. */
import { AndonError } from '../errors.ts';
import type { FeedCursor } from '../log/rows.ts';

export const cursorText = ({ era, xid, seq }: FeedCursor): string => `${era}:${xid}:${seq}`;

export function cursorFrom(text: string): FeedCursor {
  const [era, xid, seq, more] = text.split(':');
  if (era === undefined || xid === undefined || seq === undefined || more !== undefined || !/^[\d:]+$/.test(text))
    throw new AndonError('bad_cursor', `not a place in the feed: ${text}`);
  return { era: Number(era), xid, seq };
}

/** Negative, 0 or positive, as the feed reads. */
export function compareCursors(a: FeedCursor, b: FeedCursor): number {
  if (a.era !== b.era) return a.era - b.era;
  const [x, y] = a.xid === b.xid ? [BigInt(a.seq), BigInt(b.seq)] : [BigInt(a.xid), BigInt(b.xid)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The earlier one. */
export const earlier = (a: FeedCursor, b: FeedCursor): FeedCursor => (compareCursors(a, b) <= 0 ? a : b);
