/**
 * The board as signals: one per card, one per list, so that a frame redraws only what it changed. Frames are applied
 * as one batch per animation frame.
 */
import { batch, type Signal, signal } from '@preact/signals';
import type { Card } from '../../gateways/contract/card.ts';
import type { BoardPicture } from '../client/board-picture.ts';
import { type Grouping, type ListName, listOf, ORDERING, perList } from './lists.ts';

const cards = new Map<string, Signal<Card>>();
const places = new Map<string, ListName>();

/** Raised whenever cards have come, changed or gone. */
export const drawn = signal(0);

/** Order ids per list, sorted. */
export const lists = perList(() => signal<readonly string[]>([]));

export const cardOf = (order: string): Signal<Card> | undefined => cards.get(order);
export const cardsIn = (name: ListName): Card[] => lists[name].value.flatMap((order) => cards.get(order)?.value ?? []);

/** All cards of the board, in no order. Whoever is to hear of their changes reads `drawn`. */
export function* everyCard(): Iterable<Card> {
  for (const card of cards.values()) yield card.peek();
}

/** One card went from one list to another (undefined = not on the board). */
export interface Move {
  readonly card: Card;
  readonly before: Card | undefined;
  readonly from: ListName | undefined;
  readonly to: ListName | undefined;
}

/** In which list an order stands; undefined = not on the board. */
export const listWith = (order: string): ListName | undefined => places.get(order);

/** Takes over what changed in the picture; `onMoves` hears of moves in the same batch, before anything is drawn. */
export function takeOver(picture: BoardPicture, by: Grouping, onMoves: (moves: readonly Move[]) => void): void {
  const changed = picture.takeChanged();
  if (changed.size === 0) return;
  batch(() => {
    const moves: Move[] = [];
    const touched = new Set<ListName>();
    for (const order of changed) {
      const from = places.get(order);
      const before = cards.get(order)?.peek();
      const card = picture.shown(order);
      const to = card && listOf(card, by);
      if (from !== undefined) touched.add(from);
      if (to !== undefined) touched.add(to);
      set(order, card, to);
      const moved = card ?? before;
      if (from !== to && moved !== undefined) moves.push({ card: moved, before, from, to });
    }
    for (const name of touched) lists[name].value = sorted(name);
    onMoves(moves);
    drawn.value += 1;
  });
}

/** Puts cards where they belong now that somebody has gone or come back: no card has changed, so nothing is news. */
export function regroup(by: Grouping): void {
  batch(() => {
    const touched = new Set<ListName>();
    for (const [order, from] of places) {
      const card = cards.get(order)?.peek();
      const to = card && listOf(card, by);
      if (to === undefined || to === from) continue;
      places.set(order, to);
      touched.add(from).add(to);
    }
    for (const name of touched) lists[name].value = sorted(name);
  });
}

function set(order: string, card: Card | undefined, to: ListName | undefined): void {
  if (card === undefined || to === undefined) {
    cards.delete(order);
    places.delete(order);
    return;
  }
  const known = cards.get(order);
  if (known === undefined) cards.set(order, signal(card));
  else known.value = card;
  places.set(order, to);
}

function sorted(name: ListName): string[] {
  const found: Card[] = [];
  for (const [order, place] of places) {
    const card = place === name ? cards.get(order)?.peek() : undefined;
    if (card !== undefined) found.push(card);
  }
  return found.sort(ORDERING[name]).map((card) => card.order);
}
