/** Which list of the board a card stands in, and in what order. Pure. */
import type { Card } from '../../gateways/contract/card.ts';

export const LISTS = ['new', 'offered', 'mine', 'free', 'alone', 'others', 'made'] as const;
export type ListName = (typeof LISTS)[number];

export const perList = <T>(make: (name: ListName) => T): Readonly<Record<ListName, T>> => ({
  new: make('new'),
  offered: make('offered'),
  mine: make('mine'),
  free: make('free'),
  alone: make('alone'),
  others: make('others'),
  made: make('made'),
});

/** Who looks, and whose holders have been away for too long. */
export interface Grouping {
  readonly me: string | undefined;
  readonly alone: (capture: Card['capture']) => boolean;
}

export function listOf(card: Card, { me, alone }: Grouping): ListName {
  if (card.lane === 'new' || card.lane === 'made') return card.lane;
  if (card.capture === null) return 'free';
  const holder = card.capture.operator.id;
  if (holder === me) return 'mine';
  if (me !== undefined && card.handOver?.to.id === me) return 'offered';
  return alone(card.capture) ? 'alone' : 'others';
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
  offered: byUrgency,
  mine: byCapture,
  free: byUrgency,
  alone: byUrgency,
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

/** The most urgent new order that these skills (undefined = all) can take. */
export const nextBest = (fresh: readonly Card[], skills: readonly string[] | undefined): Card | undefined =>
  fresh.find((card) => card.hold === null && skills?.includes(card.material) !== false);

/** What asks for somebody first: a cancellation, mine before others', an unattended order, a late one. */
export function firstAlarm(inOrder: readonly Card[], now: number, { me, alone }: Grouping): Card | undefined {
  const asked = inOrder.filter((card) => card.cancellation !== null);
  return (
    asked.find((card) => card.capture?.operator.id === me) ??
    asked[0] ??
    inOrder.find((card) => alone(card.capture)) ??
    inOrder.find((card) => dueState(card, now) === 'late')
  );
}
