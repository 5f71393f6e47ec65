/**
 * What one page knows of a board. Pure: messages in, picture out.
 *
 * - An order's newer version always wins, whichever message brings it; a frame twice or late changes nothing.
 * - Frames that arrive while a snapshot comes in parts are held until it is complete.
 * - A frame that does not continue where the last one ended, or of another epoch, is a gap: open again.
 */
import type { BoardChange, Frame, Part, People, Ready, Snapshot } from '../../gateways/contract/board.ts';
import type { Card, Lane } from '../../gateways/contract/card.ts';
import { comparePositions } from '../../gateways/contract/position.ts';

export interface Place {
  readonly version: number;
  /** null: it was here and is gone; kept so that a late message cannot bring it back. */
  readonly lane: Lane | null;
  readonly card: Card | null;
}

export type Step = 'applied' | 'held' | 'gap';
export type Position = { readonly epoch: string; readonly at: string };

type Places = Map<string, Place>;

export class BoardPicture {
  #places: Places = new Map();
  #position: Position | undefined;
  #people: People = {};
  #graceMs: number | undefined;
  #changed = new Set<string>();
  /** Set from `opening` until the snapshot is complete or the missed frames are applied. */
  #held: Frame[] | undefined;
  #filling: { readonly places: Places; readonly position: Position } | undefined;

  get places(): ReadonlyMap<string, Place> {
    return this.#places;
  }

  get people(): People {
    return this.#people;
  }

  /** For how long an absence is nobody's business; undefined until the first snapshot. */
  get graceMs(): number | undefined {
    return this.#graceMs;
  }

  /** Where to go on from after a lost line; undefined until the first snapshot is complete. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** Orders that changed since this was last asked. */
  takeChanged(): ReadonlySet<string> {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  /** The board is about to be opened: what comes before the answer is held. */
  opening(): void {
    this.#held = [];
    this.#filling = undefined;
  }

  snapshot(snapshot: Snapshot): void {
    const first = this.#position === undefined;
    const places: Places = new Map();
    this.#held ??= [];
    this.#filling = { places, position: { epoch: snapshot.epoch, at: snapshot.at } };
    if (first) this.#places = places;
    this.#people = snapshot.people;
    this.#graceMs = snapshot.graceMs;
    for (const lane of Object.values(snapshot.lanes)) this.#fill(lane.items, first);
  }

  part(part: Part): void {
    if (this.#filling?.position.epoch === part.epoch) this.#fill(part.items, this.#places === this.#filling.places);
  }

  ready(ready: Ready): Step {
    const filled = this.#filling;
    if (filled === undefined || filled.position.epoch !== ready.epoch) return 'held';
    for (const places of [this.#places, filled.places]) for (const order of places.keys()) this.#changed.add(order);
    this.#places = filled.places;
    this.#position = filled.position;
    this.#filling = undefined;
    return this.#goOn([]);
  }

  /** What was missed, in answer to a resumed position. */
  resumed(frames: readonly Frame[]): Step {
    return this.#goOn(frames);
  }

  frame(frame: Frame): Step {
    if (this.#held !== undefined) {
      this.#held.push(frame);
      return 'held';
    }
    return this.#apply(frame);
  }

  /** The newest card of one order, from an answer to a command: no need to wait for its frame. */
  card(card: Card): void {
    this.#put(this.#places, { order: card.order, version: card.version, lane: card.lane, card }, true);
  }

  #goOn(frames: readonly Frame[]): Step {
    const held = this.#held ?? [];
    this.#held = undefined;
    const step = [...frames, ...held].every((frame) => this.#apply(frame) === 'applied');
    return step ? 'applied' : 'gap';
  }

  #apply(frame: Frame): Step {
    const position = this.#position;
    if (position === undefined || frame.epoch !== position.epoch) return 'gap';
    if (comparePositions(frame.to, position.at) <= 0) return 'applied';
    if (comparePositions(frame.from, position.at) > 0) return 'gap';
    for (const change of frame.changes) this.#put(this.#places, change, true);
    if (frame.people !== undefined) this.#people = { ...this.#people, ...frame.people };
    this.#position = { epoch: frame.epoch, at: frame.to };
    return 'applied';
  }

  #fill(cards: readonly Card[], shown: boolean): void {
    const places = this.#filling?.places;
    if (places === undefined) return;
    for (const card of cards)
      this.#put(places, { order: card.order, version: card.version, lane: card.lane, card }, shown);
  }

  #put(places: Places, { order, version, lane, card }: BoardChange, shown: boolean): void {
    const known = places.get(order);
    if (known !== undefined && known.version >= version) return;
    places.set(order, { version, lane, card });
    if (shown) this.#changed.add(order);
  }
}
