/** Which list of the board a card stands in, and in what order. Pure. */
import type { Card } from '../../gateways/contract/card.ts';

export const LISTS = ['new', 'mine', 'free', 'others', 'made'] as const;
export type ListName = (typeof LISTS)[number];

export const perList = <T>(make: (name: ListName) => T): Readonly<Record<ListName, T>> => ({
  new: make('new'),
  mine: make('mine'),
  free: make('free'),
  others: make('others'),
  made: make('made'),
});

export function listOf(card: Card, me: string | undefined): ListName {
  if (card.lane === 'new' || card.lane === 'made') return card.lane;
  if (card.capture === null) return 'free';
  return card.capture.operator.id === me ? 'mine' : 'others';
}

/** No date sorts after every date. */
const NO_DUE = '9999';
const byUrgency = (a: Card, b: Card): number =>
  b.priority - a.priority || compare(a.due ?? NO_DUE, b.due ?? NO_DUE) || compare(a.order, b.order);
/** A cancellation to answer first, then what I have had longest. */
const byCapture = (a: Card, b: Card): number =>
  Number(b.cancellation !== null) - Number(a.cancellation !== null) ||
  compare(a.capture?.since ?? '', b.capture?.since ?? '') ||
  compare(a.order, b.order);
const byRecency = (a: Card, b: Card): number => compare(b.updatedAt, a.updatedAt) || compare(a.order, b.order);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const ORDERING: Readonly<Record<ListName, (a: Card, b: Card) => number>> = {
  new: byUrgency,
  mine: byCapture,
  free: byUrgency,
  others: byUrgency,
  made: byRecency,
};

export type Due = 'late' | 'tight' | 'none';
/** Less than this before its date an order asks for attention. */
const TIGHT_MS = 3_600_000;

export function dueState(card: Card, now: number): Due {
  if (card.due === null || card.lane === 'made') return 'none';
  const left = Date.parse(card.due) - now;
  if (left < 0) return 'late';
  return left < TIGHT_MS ? 'tight' : 'none';
}

/** The free order nearest to one that was lost: same material and finish, else same material, else the first. */
export function similarTo(lost: Card, free: readonly Card[]): Card | undefined {
  const others = free.filter((card) => card.order !== lost.order && card.hold === null);
  return (
    others.find((card) => card.material === lost.material && card.finish === lost.finish) ??
    others.find((card) => card.material === lost.material) ??
    others[0]
  );
}
