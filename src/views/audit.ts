/**
 * Compares a board with the view `orders` and mends what differs, told to everybody like any other change.
 *
 * What needs this: a write that left its node long ago and arrives after Redis was emptied, where no tombstone stands
 * in its way. The feed has long passed that order, so nothing else would look at it again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hot } from '../hot/hot.ts';
import type { BoardStore } from './board.ts';
import type { Place } from './board-types.ts';
import type { ColdBoard } from './cold.ts';
import { type TruePlaceOptions, truePlace } from './true-place.ts';

export interface AuditOptions extends TruePlaceOptions {
  readonly hot: Hot;
  readonly store: BoardStore;
  readonly cold: ColdBoard;
}

/** What changed within the last second differs as well, for good reasons: so many are looked up at most. */
const MOST = 500;

/** Cards that are missing, behind, or not on this board by the view `orders`. */
async function suspects(
  { cold, store }: Pick<AuditOptions, 'cold' | 'store'>,
  board: string,
): Promise<readonly Place[]> {
  const listed = new Map((await cold.places(board)).map((place) => [place.order, place]));
  const found = await store.places(board);
  if (!found?.complete) return [];
  const shown = new Map(found.places.map((place) => [place.order, place]));
  const missing = [...listed.values()].filter(({ order, version }) => (shown.get(order)?.version ?? 0) < version);
  const unlisted = found.places.filter(({ order, lane }) => lane !== '' && !listed.has(order));
  return [...missing, ...unlisted];
}

/** Returns how many cards were wrong. */
export async function auditBoard(options: AuditOptions, board: string): Promise<number> {
  const wrong = (await suspects(options, board)).slice(0, MOST);
  const places = await Promise.all(wrong.map(({ order, version }) => truePlace(options, board, order, version)));
  const replies = await options.hot.finish(places);
  return replies.filter((reply) => reply === 'new').length;
}

/** How many cards are wrong and stay so for `ms`: what has changed just now is right by then. Mends nothing. */
export async function wrongFor(
  options: Pick<AuditOptions, 'cold' | 'store'>,
  board: string,
  ms: number,
): Promise<number> {
  const before = new Set((await suspects(options, board)).map(nameOf));
  if (before.size === 0) return 0;
  await sleep(ms);
  return (await suspects(options, board)).filter((place) => before.has(nameOf(place))).length;
}

const nameOf = ({ order, version }: Place): string => `${order} ${version}`;
