/** In which order the reader wants to see the lists. Pure. */
import type { Card } from '../../gateways/contract/card.ts';
import { type ListName, ORDERING, perList } from './lists.ts';
import type { Ordering } from './sorted-cards.ts';

export const SORTS = ['urgency', 'due', 'recent', 'waiting'] as const;
export type Sort = (typeof SORTS)[number];

export const sortOf = (text: string | null): Sort => SORTS.find((sort) => sort === text) ?? 'urgency';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** No date sorts after every date. */
const NO_DUE = '9999';

const BY: Readonly<Record<Exclude<Sort, 'urgency'>, Ordering>> = {
  due: (a, b) => compare(a.due ?? NO_DUE, b.due ?? NO_DUE) || b.priority - a.priority,
  recent: (a, b) => compare(b.updatedAt, a.updatedAt),
  waiting: (a, b) => compare(a.waiting.since, b.waiting.since),
};

/** A cancellation to answer stands first among mine, however they are sorted. */
const askedFirst = (a: Card, b: Card): number => Number(b.cancellation !== null) - Number(a.cancellation !== null);

/** `urgency` is the order that every list has by itself. */
export function orderingOf(sort: Sort): Readonly<Record<ListName, Ordering>> {
  if (sort === 'urgency') return ORDERING;
  const by = BY[sort];
  const total: Ordering = (a, b) => by(a, b) || compare(a.order, b.order);
  return perList((name) => (name === 'mine' ? (a, b) => askedFirst(a, b) || total(a, b) : total));
}
