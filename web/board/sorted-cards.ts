/**
 * Cards in an order that is kept while some of them change: each is found by bisection, so that a change costs a look-up
 * and moving what follows, never a sort of the whole list. Pure.
 */
import type { Card } from '../../gateways/contract/card.ts';

/** Total: never 0 for two cards of different orders. */
export type Ordering = (a: Card, b: Card) => number;

/** From so many changes at once it is cheaper to sort anew. */
const MANY = 256;

export class SortedCards {
  readonly #by: Ordering;
  readonly #cards: Card[];

  constructor(by: Ordering, cards: readonly Card[] = []) {
    this.#by = by;
    this.#cards = [...cards].sort(by);
  }

  /** As they stand now; later changes leave it as it is. */
  get all(): readonly Card[] {
    return this.#cards.slice();
  }

  /** `gone` are the very cards that stand here. */
  change(gone: readonly Card[], come: readonly Card[]): void {
    if (gone.length + come.length > MANY) this.#anew(new Set(gone), come);
    else {
      for (const card of gone) this.#remove(card);
      for (const card of come) this.#cards.splice(this.#placeOf(card), 0, card);
    }
  }

  #remove(card: Card): void {
    const at = this.#placeOf(card);
    if (this.#cards[at] === card) this.#cards.splice(at, 1);
  }

  /** Of the first card that does not stand before this one. */
  #placeOf(card: Card): number {
    let low = 0;
    let high = this.#cards.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#cards[middle];
      if (other !== undefined && this.#by(other, card) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #anew(gone: ReadonlySet<Card>, come: readonly Card[]): void {
    const left = this.#cards.filter((card) => !gone.has(card));
    left.push(...come);
    left.sort(this.#by);
    this.#cards.length = 0;
    for (const card of left) this.#cards.push(card);
  }
}
