/**
 * Placeholders: where a card stood that I look at or have asked for when somebody else takes it. Nothing jumps under
 * the finger: the placeholder keeps the place (and the focus) until I leave it, at least 6 s.
 */
import { signal } from '@preact/signals';
import type { Card } from '../../gateways/contract/card.ts';
import type { Arranged } from './arrange.ts';
import { type Band, forgetNotes, LINGER_MS, note, notesOf } from './card-notes.ts';
import { focusedKey, focusSoon, neighbourOf } from './focus.ts';
import type { ListName } from './lists.ts';

export interface Taken {
  /** The card as it was. */
  readonly card: Card;
  readonly list: ListName;
  readonly since: number;
}

/** By order id. */
export const taken = signal<ReadonlyMap<string, Taken>>(new Map());

const PREFIX = 'taken:';
export const takenKey = (order: string): string => PREFIX + order;
export const orderOfKey = (key: string): string => (key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key);
export const isTakenKey = (key: string): boolean => key.startsWith(PREFIX);

/** Places of those that somebody took are no cards. */
export const cardsAmong = ({ shown, waiting }: Arranged): number =>
  shown.filter((key) => !isTakenKey(key)).length + waiting;

export function leavePlaceholder(card: Card, list: ListName, band: Band): void {
  const key = takenKey(card.order);
  const { asking } = notesOf(card.order).peek();
  note(key, { band, asking });
  if (focusedKey() === card.order) focusSoon(key);
  if (taken.peek().has(card.order)) return;
  taken.value = new Map(taken.peek()).set(card.order, { card, list, since: performance.now() });
}

export function dropPlaceholder(order: string): void {
  const key = takenKey(order);
  if (focusedKey() === key) focusSoon(neighbourOf(key));
  const left = new Map(taken.peek());
  if (left.delete(order)) taken.value = left;
  forgetNotes(key);
}

setInterval(() => {
  for (const [order, { since }] of taken.peek()) {
    const key = takenKey(order);
    const busy = notesOf(key).peek().asking !== undefined || focusedKey() === key;
    if (!busy && performance.now() - since > LINGER_MS) dropPlaceholder(order);
  }
}, 1_000);
