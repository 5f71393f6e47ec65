/**
 * The board as signals: one per card, one per list, so that a frame redraws only what it changed. Frames are applied
 * as one batch per animation frame; a changed card costs its look-up in a sorted list, never a walk through the board.
 */
import { batch, type Signal, signal } from '@preact/signals';
import type { Card } from '../../gateways/contract/card.ts';
import type { BoardPicture } from '../client/board-picture.ts';
import { type Grouping, LISTS, type ListName, listOf, ORDERING, perList } from './lists.ts';
import { SortedCards } from './sorted-cards.ts';
import { orderingOf, type Sort } from './sorting.ts';

const cards = new Map<string, Signal<Card>>();
const places = new Map<string, ListName>();

/** Raised whenever cards have come, changed or gone. */
export const drawn = signal(0);

/** In the order of each list itself, which is that of the work: what is next, what is first. */
const standing = perList((name) => new SortedCards(ORDERING[name]));
const lists = perList(() => signal<readonly Card[]>([]));
/** In the order that the reader chose, where it is another. */
let chosen: Readonly<Record<ListName, SortedCards>> | undefined;
/** The cards of each list in the order in which they are to be shown. */
export const inOrder = perList(() => signal<readonly Card[]>([]));

export const cardOf = (order: string): Signal<Card> | undefined => cards.get(order);
export const cardsIn = (name: ListName): readonly Card[] => lists[name].value;

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

/** What leaves and joins the lists in one go. */
class Shifts {
  readonly #gone = perList((): Card[] => []);
  readonly #come = perList((): Card[] => []);

  add(before: Card | undefined, from: ListName | undefined, after: Card | undefined, to: ListName | undefined): void {
    if (before !== undefined && from !== undefined) this.#gone[from].push(before);
    if (after !== undefined && to !== undefined) this.#come[to].push(after);
  }

  apply(): void {
    for (const name of LISTS) {
      const gone = this.#gone[name];
      const come = this.#come[name];
      if (gone.length === 0 && come.length === 0) continue;
      standing[name].change(gone, come);
      chosen?.[name].change(gone, come);
      publish(name);
    }
  }
}

function publish(name: ListName): void {
  lists[name].value = standing[name].all;
  inOrder[name].value = chosen?.[name].all ?? lists[name].peek();
}

/** The reader wants the lists in this order. */
export function orderBy(sort: Sort): void {
  const ordering = orderingOf(sort);
  chosen = sort === 'urgency' ? undefined : perList((name) => new SortedCards(ordering[name], lists[name].peek()));
  batch(() => LISTS.forEach(publish));
}

/**
 * Takes over what changed in the picture; `onMoves` hears of moves in the same batch, before anything is drawn. Answers
 * with the orders that came or changed. `known`: more to look at, as the picture is another one.
 */
export function takeOver(
  picture: BoardPicture,
  by: Grouping,
  onMoves: (moves: readonly Move[]) => void,
  known: readonly string[] = [],
): readonly string[] {
  const changed = new Set([...picture.takeChanged(), ...known]);
  if (changed.size === 0) return [];
  const changedCards: string[] = [];
  batch(() => {
    const moves: Move[] = [];
    const shifts = new Shifts();
    for (const order of changed) {
      const from = places.get(order);
      const before = cards.get(order)?.peek();
      const card = picture.shown(order);
      if (card === before) continue;
      const to = card && listOf(card, by);
      shifts.add(before, from, card, to);
      set(order, card, to);
      if (card !== undefined) changedCards.push(order);
      const moved = card ?? before;
      if (from !== to && moved !== undefined) moves.push({ card: moved, before, from, to });
    }
    shifts.apply();
    onMoves(moves);
    drawn.value += 1;
  });
  return changedCards;
}

/** Puts cards where they belong now that somebody has gone or come back: no card has changed, so nothing is news. */
export function regroup(by: Grouping): void {
  batch(() => {
    const shifts = new Shifts();
    for (const [order, from] of places) {
      const card = cards.get(order)?.peek();
      const to = card && listOf(card, by);
      if (to === undefined || to === from) continue;
      places.set(order, to);
      shifts.add(card, from, card, to);
    }
    shifts.apply();
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
