/** What a board gives, wherever it is read from. Cards are what `actors/order/card.ts` made of an order. */
import { createHash } from 'node:crypto';
import { badCursor } from '../errors.ts';
import type { People } from './people.ts';

export type Sort = 'recent' | 'urgent';

/** `complete: false`: it is being rebuilt, don't show it. `at`: `<ms>-<n>`, ordered as a pair of integers. */
export interface BoardHead {
  readonly epoch: string;
  readonly complete: boolean;
  readonly at: string;
}

export interface LaneCards {
  readonly items: readonly unknown[];
  /** Of the whole lane. */
  readonly count: number;
  /** Cursor of the rest, by last change; null = that was all. */
  readonly next: string | null;
}

export type Counts = Readonly<Record<string, number>>;

export interface BoardSnapshot extends BoardHead {
  readonly lanes: Readonly<Record<string, LaneCards>>;
  readonly counts: Counts;
  /** Only Redis knows: nobody while it is away. */
  readonly people: People;
}

export interface PageRequest {
  readonly board: string;
  readonly lane: string;
  readonly sort: Sort;
  /** null = from the first. */
  readonly cursor: string | null;
  readonly limit: number;
}

export interface BoardPage extends BoardHead {
  readonly items: readonly unknown[];
  readonly next: string | null;
  readonly counts: Counts;
  readonly people: People;
}

export interface BoardDigest extends BoardHead {
  /** Lower-case hex SHA-256 over the lines `<lane> <order> <version>\n`, lanes in order, orders ascending. */
  readonly digest: string;
  readonly counts: Counts;
}

/** `lane: null` = not on this board any more; then there is no card. */
export interface BoardChange {
  readonly order: string;
  readonly version: number;
  readonly lane: string | null;
  readonly card: unknown;
}

export interface Place {
  readonly order: string;
  readonly version: number;
  readonly lane: string;
}

export function digestOf(lanes: readonly string[], places: Iterable<Place>): { digest: string; counts: Counts } {
  const byLane = new Map<string, Place[]>(lanes.map((lane) => [lane, []]));
  for (const place of places) byLane.get(place.lane)?.push(place);
  const hash = createHash('sha256');
  for (const [lane, orders] of byLane) {
    orders.sort((a, b) => (a.order < b.order ? -1 : 1));
    for (const { order, version } of orders) hash.update(`${lane} ${order} ${version}\n`);
  }
  const counts = Object.fromEntries([...byLane].map(([lane, orders]) => [lane, orders.length]));
  return { digest: hash.digest('hex'), counts };
}

/** The list that a cursor is a place in. */
export type CursorOf = Pick<PageRequest, 'board' | 'lane' | 'sort'>;

const nameOf = ({ board, lane, sort }: CursorOf): string => `${board} ${lane} ${sort} `;

/**
 * Cursors are members of a lane's set, `<key>|<order>`, so that a page may go on wherever the board is read from; the name
 * of the list stands before, for a place in one means nothing in another.
 */
export const encodeCursor = (of: CursorOf, member: string): string =>
  Buffer.from(nameOf(of) + member).toString('base64url');

/** Throws `invalid` for what is no cursor of this list. */
export function decodeCursor(of: CursorOf, cursor: string): { member: string; key: string; order: string } {
  const member = Buffer.from(cursor, 'base64url').toString('utf8').slice(nameOf(of).length);
  const bar = member.lastIndexOf('|');
  const [key, order] = [member.slice(0, bar), member.slice(bar + 1)];
  if (bar < 1 || encodeCursor(of, member) !== cursor || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(order))
    throw badCursor();
  return { member, key, order };
}
