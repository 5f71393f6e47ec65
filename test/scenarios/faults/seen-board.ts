/**
 * A site's board as somebody has seen it so far. Pure, by the rules of the surface:
 *
 * S1 Of each order the newest version counts, whatever brings it: what is shown never goes back.
 * S2 A whole board takes away what it does not have, unless it says that it may be behind.
 * S3 Frames follow each other: `from` is the last `to`, in one epoch.
 * What breaks a promise of the server goes to `fault`.
 */
import type { Frame, Snapshot } from '../../../gateways/contract/board.ts';
import type { Card, Lane } from '../../../gateways/contract/card.ts';
import { digestOf, LANES, linesOf } from './board-lines.ts';

interface Place {
  readonly version: number;
  readonly lane: Lane | null;
  readonly card: Card | null;
}

/** A whole board of which the rest is still to come. */
interface Filling {
  readonly epoch: string;
  readonly at: string;
  readonly places: Map<string, Place>;
  readonly mayBeBehind: boolean;
}

export class SeenBoard {
  readonly #fault: (text: string) => void;
  #places = new Map<string, Place>();
  #filling: Filling | undefined;
  /** What a whole board took away: the version that was seen last. */
  readonly #taken = new Map<string, number>();
  epoch = '';
  at = '';

  constructor(fault: (text: string) => void) {
    this.#fault = fault;
  }

  cards(lane: Lane): Card[] {
    return [...this.#places.values()].flatMap(({ lane: at, card }) => (at === lane && card !== null ? [card] : []));
  }

  lines(): string[] {
    return linesOf(this.#places);
  }

  lineOf(order: string): string {
    const { lane, version } = this.#places.get(order) ?? {};
    return `${lane} ${version}`;
  }

  digest(): string {
    return digestOf(this.lines());
  }

  /** The first part of a whole board; what was being filled before is given up. */
  begin({ epoch, at, lanes, stale, rebuilding }: Snapshot): void {
    const mayBeBehind = stale !== undefined || rebuilding !== undefined;
    this.#filling = { epoch, at, places: new Map(), mayBeBehind };
    for (const lane of LANES) this.fill(epoch, lanes[lane].items);
  }

  giveUp(): void {
    this.#filling = undefined;
  }

  fill(of: string, cards: readonly Card[]): void {
    if (this.#filling?.epoch !== of) return;
    const { places } = this.#filling;
    for (const card of cards) {
      const { order, version, lane } = card;
      if ((places.get(order)?.version ?? 0) < version) places.set(order, { version, lane, card });
    }
  }

  /** false: nothing is being filled, or something else. */
  complete(of: string): boolean {
    if (this.#filling?.epoch !== of) return false;
    const { epoch, at, places, mayBeBehind } = this.#filling;
    this.#filling = undefined;
    const before = this.#places;
    this.#places = places;
    this.epoch = epoch;
    this.at = at;
    for (const [order, known] of before) this.#keep(order, known, mayBeBehind);
    for (const order of places.keys()) if (!before.has(order)) this.#comesBack(order);
    return true;
  }

  take({ epoch, from, to, changes }: Frame): void {
    if (epoch !== this.epoch) this.#fault(`a frame of epoch ${epoch} in ${this.epoch}`);
    if (from !== this.at) this.#fault(`a frame from ${from}, but ${this.at} was the last`);
    this.at = to;
    for (const { order, version, lane, card } of changes) {
      const known = this.#places.get(order);
      if ((known?.version ?? 0) >= version) continue;
      this.#places.set(order, { version, lane, card });
      if (known === undefined && lane !== null) this.#comesBack(order);
    }
  }

  #keep(order: string, known: Place, mayBeBehind: boolean): void {
    const found = this.#places.get(order);
    const stays = found === undefined ? mayBeBehind || known.lane === null : found.version < known.version;
    if (stays) this.#places.set(order, known);
    else if (found === undefined) this.#taken.set(order, known.version);
  }

  /** Only as another version: a card that is taken away and given again was never gone. */
  #comesBack(order: string): void {
    const { version = 0 } = this.#places.get(order) ?? {};
    const seen = this.#taken.get(order);
    if (seen !== undefined && version <= seen)
      this.#fault(`${order} was taken away at version ${seen} and is back at ${version}`);
    this.#taken.delete(order);
  }
}
