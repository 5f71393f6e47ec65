/** What the lanes show, from top to bottom: what arrow keys walk through, whether it is drawn just now or not. */
import { type Signal, signal } from '@preact/signals';
import type { Lane } from '../../gateways/contract/card.ts';
import type { Arranged } from './arrange.ts';
import { LISTS, type ListName, perList } from './lists.ts';

/** The lists of each lane. */
export const PARTS: Readonly<Record<Lane, readonly ListName[]>> = {
  new: ['new'],
  in_work: ['offered', 'mine', 'free', 'alone', 'others'],
  made: ['made'],
};

/** Keys of each list: order ids, and those of placeholders. Filled by `shown`. */
export const arranged: Readonly<Record<ListName, Signal<Arranged>>> = perList(() =>
  signal<Arranged>({ shown: [], waiting: 0 }),
);

const keysIn = (name: ListName): readonly string[] => arranged[name].peek().shown;
export const keysOfLane = (lane: Lane): readonly string[] => PARTS[lane].flatMap(keysIn);

export const listShowing = (key: string): ListName | undefined => LISTS.find((name) => keysIn(name).includes(key));

export function laneShowing(key: string): Lane | undefined {
  const name = listShowing(key);
  return name && laneOf(name);
}

export const laneOf = (name: ListName): Lane => (name === 'new' || name === 'made' ? name : 'in_work');

/** The nearest that is still shown, below first; `before` is what was shown around it. */
export function nearest(before: readonly string[], key: string, isShown: (key: string) => boolean): string | undefined {
  const at = before.indexOf(key);
  if (at < 0) return undefined;
  return before.slice(at + 1).find(isShown) ?? before.slice(0, at).findLast(isShown);
}
