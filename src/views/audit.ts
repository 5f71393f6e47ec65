/**
 * Compares a board with the view `orders` and mends what differs, told to everybody like any other change.
 *
 * What needs this: a write that left its node long ago and arrives after Redis was emptied, where no tombstone stands
 * in its way. The feed has long passed that order, so nothing else would look at it again.
 */
import type { Hot } from '../hot/hot.ts';
import type { BoardStore } from './board.ts';
import type { ColdBoard } from './cold.ts';
import { type TruePlaceOptions, truePlace } from './true-place.ts';

export interface AuditOptions extends TruePlaceOptions {
  readonly hot: Hot;
  readonly store: BoardStore;
  readonly cold: ColdBoard;
}

/** What changed within the last second differs as well, for good reasons: so many are looked up at most. */
const MOST = 500;

/** Returns how many cards were wrong. */
export async function auditBoard(options: AuditOptions, board: string): Promise<number> {
  const listed = new Map((await options.cold.places(board)).map((place) => [place.order, place]));
  const found = await options.store.places(board);
  if (!found?.complete) return 0;
  const shown = new Map(found.places.map((place) => [place.order, place]));
  const missing = [...listed.values()].filter(({ order, version }) => (shown.get(order)?.version ?? 0) < version);
  const unlisted = found.places.filter(({ order, lane }) => lane !== '' && !listed.has(order));
  const places = await Promise.all(
    [...missing, ...unlisted].slice(0, MOST).map(({ order, version }) => truePlace(options, board, order, version)),
  );
  const replies = await options.hot.finish(places);
  return replies.filter((reply) => reply === 'new').length;
}
