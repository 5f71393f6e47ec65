/**
 * How many orders a site has on hand, and so when the next one is placed: at once while its board is nearly empty, never
 * while it is full. What people order themselves counts too, so the backlog stays bounded whoever works or does not.
 */
import { between } from '../chance.ts';

/** Below this the board fills as fast as people may. */
const FEW = 12;
const ENOUGH = 17;
const FULL = 21;

/** Seconds until the next order; Infinity: not now. */
export const gapSeconds = (onHand: number): number => {
  if (onHand < FEW) return 1.3;
  if (onHand < ENOUGH) return 5;
  return onHand < FULL ? 11 : Number.POSITIVE_INFINITY;
};

interface Site {
  /** On its board. */
  cards: number;
  /** By customer: those on their way to the board. */
  readonly coming: Map<string, number>;
  lastAt: number;
}

export class Market {
  readonly #sites = new Map<string, Site>();
  readonly #pace: number;

  constructor(pace: number) {
    this.#pace = pace;
  }

  tellCards(site: string, cards: number): void {
    const known = this.#sites.get(site);
    if (known !== undefined) known.cards = cards;
    else this.#sites.set(site, { cards, coming: new Map(), lastAt: Number.NEGATIVE_INFINITY });
  }

  tellComing(who: string, sites: readonly string[]): void {
    for (const [id, site] of this.#sites) site.coming.set(who, sites.filter((one) => one === id).length);
  }

  /** The site with most room that wants an order now; whoever asks places it. A batch comes whenever all of it has room. */
  take(who: string, nowMs: number, count = 1): string | undefined {
    const wanting = [...this.#sites]
      .map(([id, site]) => ({ id, site, onHand: onHand(site) }))
      .filter(({ site, onHand }) => (count > 1 ? onHand + count <= FULL : this.#wants(onHand, site.lastAt, nowMs)))
      .sort((a, b) => a.onHand - b.onHand);
    const [first] = wanting;
    if (first === undefined) return undefined;
    first.site.lastAt = nowMs;
    first.site.coming.set(who, (first.site.coming.get(who) ?? 0) + count);
    return first.id;
  }

  /** By site: cards on its board. */
  get cards(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#sites].map(([id, { cards }]) => [id, cards]));
  }

  #wants(onHand: number, lastAt: number, nowMs: number): boolean {
    const gap = gapSeconds(onHand) * between(0.6, 1.4, lastAt, 'gap');
    return gap < Number.POSITIVE_INFINITY && nowMs - lastAt >= (1_000 * gap) / this.#pace;
  }
}

const onHand = ({ cards, coming }: Site): number => [...coming.values()].reduce((sum, n) => sum + n, cards);
