/**
 * What somebody who has acted expects of a card, shown over what is known until the answer: the version that the answer
 * names, or a higher one, takes its place; a refusal takes it away at once. Pure.
 */
import type { Card } from '../../gateways/contract/card.ts';

/** The card as it will be; undefined: not of this card, as it is by now. Asked anew of every version that comes. */
export type Expected = (card: Card) => Card | undefined;

export interface Expectation {
  /** It was done, and made this version. */
  done(version: number): void;
  /** It was refused, or nobody knows: what is known is shown. */
  end(): void;
}

interface Standing {
  readonly expected: Expected;
  /** From this version on the board itself says it. */
  until: number;
}

export class Expectations {
  readonly #of = new Map<string, Standing[]>();
  readonly #known: (order: string) => number;
  readonly #changed: (order: string) => void;

  /** `known`: which version of an order is known; `changed` is called when it is to be shown otherwise. */
  constructor(known: (order: string) => number, changed: (order: string) => void) {
    this.#known = known;
    this.#changed = changed;
  }

  /** Several of one order build on each other, in the order in which they came. */
  add(order: string, expected: Expected): Expectation {
    const standing: Standing = { expected, until: Number.POSITIVE_INFINITY };
    this.#of.set(order, [...(this.#of.get(order) ?? []), standing]);
    this.#changed(order);
    const until = (version: number): void => {
      standing.until = version;
      this.settle(order);
    };
    return { done: until, end: () => until(0) };
  }

  /** A version has come, or an answer. */
  settle(order: string): void {
    const all = this.#of.get(order);
    if (all === undefined) return;
    const known = this.#known(order);
    const left = all.filter(({ until }) => until > known);
    if (left.length === all.length) return;
    if (left.length === 0) this.#of.delete(order);
    else this.#of.set(order, left);
    this.#changed(order);
  }

  over(card: Card): Card {
    return (this.#of.get(card.order) ?? []).reduce((shown, { expected }) => expected(shown) ?? shown, card);
  }
}
