/**
 * What one page knows of a board. Pure: messages in, picture out.
 *
 * - Nothing steps back: an order known at a version, on the board or gone from it, stays so until a higher one comes,
 *   whatever snapshot, part or frame says less.
 * - What a snapshot does not have is gone, but not where it is marked (`stale`, `rebuilding`): the order may have come in
 *   the time by which it lags. Such a picture is doubtful, and taken anew once the board is live.
 * - Frames that arrive while a snapshot comes in parts are held until it is complete.
 * - A frame that does not continue where the last one ended, or of another epoch, is a gap: open again.
 */
import type { BoardChange, Frame, Part, People, Ready, Snapshot, Usual } from '../../gateways/contract/board.ts';
import type { Card, Lane } from '../../gateways/contract/card.ts';
import { comparePositions } from '../../gateways/contract/position.ts';
import { type Expectation, Expectations, type Expected } from './board-expectations.ts';

export interface Place {
  readonly version: number;
  /** null: it was here and is gone; kept so that a late message cannot bring it back. */
  readonly lane: Lane | null;
  readonly card: Card | null;
}

export type Step = 'applied' | 'held' | 'gap';
export type Position = { readonly epoch: string; readonly at: string };
/** How far behind the board may be, seconds, where a server is away; `rebuilding`: about one. */
export type Behind = { readonly stale?: number; readonly rebuilding?: boolean };

/** In the order of the work. */
export const LANES: readonly Lane[] = ['new', 'in_work', 'made'];

type Places = Map<string, Place>;

interface Filling {
  readonly places: Places;
  /** Lanes of which more must come. */
  readonly more: Set<Lane>;
  readonly position: Position;
  readonly behind: Behind;
}

export class BoardPicture {
  #places: Places = new Map();
  #position: Position | undefined;
  #behind: Behind = {};
  /** It shows orders that a marked snapshot did not have. */
  #doubtful = false;
  #isWhole = false;
  #people: People = {};
  #usual: Usual = {};
  #graceMs: number | undefined;
  #changed = new Set<string>();
  /** Set from `opening` until the snapshot is complete or the missed frames are applied. */
  #held: Frame[] | undefined;
  #filling: Filling | undefined;

  readonly #expectations = new Expectations(
    (order) => this.#places.get(order)?.version ?? 0,
    (order) => this.#changed.add(order),
  );

  /** What the server said, and nothing else. */
  get places(): ReadonlyMap<string, Place> {
    return this.#places;
  }

  /** The card to show: as the server said, or as somebody here expects it to become. */
  shown(order: string): Card | undefined {
    const card = this.#places.get(order)?.card;
    return card ? this.#expectations.over(card) : undefined;
  }

  /** Somebody has acted on it: shown at once, until there is an answer. */
  expect(order: string, expected: Expected): Expectation {
    return this.#expectations.add(order, expected);
  }

  get people(): People {
    return this.#people;
  }

  /** How long orders usually stay in a status. */
  get usual(): Usual {
    return this.#usual;
  }

  /** For how long an absence is nobody's business; undefined until the first snapshot. */
  get graceMs(): number | undefined {
    return this.#graceMs;
  }

  get behind(): Behind {
    return this.#behind;
  }

  /** No marks: what it shows is what is. */
  get isLive(): boolean {
    return isLive(this.#behind);
  }

  /** false: the board is so large that its snapshot ended without the rest; pages have it. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Where to go on from after a lost line; undefined: only a snapshot will do. */
  get position(): Position | undefined {
    return this.#doubtful ? undefined : this.#position;
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

  snapshot({ epoch, at, lanes, people, usual, graceMs, stale, rebuilding }: Snapshot): void {
    const behind = marksOf({ stale, rebuilding });
    this.#held ??= [];
    const more = new Set(LANES.filter((lane) => lanes[lane].next !== null));
    this.#filling = { places: new Map(), more, position: { epoch, at }, behind };
    if (this.#position === undefined) this.#behind = behind;
    this.#people = people;
    this.#usual = usual;
    this.#graceMs = graceMs;
    for (const lane of Object.values(lanes)) this.#fill(lane.items);
  }

  part(part: Part): void {
    if (this.#filling?.position.epoch !== part.epoch) return;
    this.#filling.more.delete(part.lane);
    this.#fill(part.items);
  }

  ready(ready: Ready): Step {
    const filled = this.#filling;
    if (filled === undefined || filled.position.epoch !== ready.epoch) return 'held';
    for (const [order, place] of filled.places) this.#put(this.#places, { order, ...place }, true);
    const absent = [...this.#places].filter(([order]) => !filled.places.has(order));
    const live = isLive(filled.behind);
    if (live) for (const [order] of absent) this.#forget(order);
    this.#doubtful = !live && absent.some(([, { card }]) => card !== null);
    this.#isWhole = filled.more.size === 0;
    this.#behind = filled.behind;
    this.#position = filled.position;
    this.#filling = undefined;
    return this.#goOn([]);
  }

  /** What was missed, in answer to a resumed position: only a live board can tell. */
  resumed(frames: readonly Frame[]): Step {
    if (this.#position === undefined) return 'gap';
    this.#behind = {};
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
    const change = changeOf(card);
    this.#put(this.#places, change, true);
    // A snapshot on its way may be older than the answer.
    if (this.#filling !== undefined) this.#put(this.#filling.places, change, false);
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
    if (comparePositions(frame.from, position.at) > 0) return 'gap';
    const { rebuilding } = this.#behind;
    const liveAgain = this.#behind.stale !== undefined && frame.stale === undefined && rebuilding !== true;
    // A frame that only says how old the board is ends where it begins.
    if (comparePositions(frame.to, position.at) >= 0) this.#behind = marksOf({ stale: frame.stale, rebuilding });
    if (comparePositions(frame.to, position.at) > 0) this.#move(frame);
    return liveAgain && this.#doubtful ? 'gap' : 'applied';
  }

  #move({ epoch, to, changes, people }: Frame): void {
    for (const change of changes) this.#put(this.#places, change, true);
    if (people !== undefined) this.#people = { ...this.#people, ...people };
    this.#position = { epoch, at: to };
  }

  /** The first snapshot is shown as it comes, a later one when it is complete. */
  #fill(cards: readonly Card[]): void {
    const places = this.#filling?.places;
    if (places === undefined) return;
    for (const card of cards) {
      this.#put(places, changeOf(card), false);
      if (this.#position === undefined) this.#put(this.#places, changeOf(card), true);
    }
  }

  #put(places: Places, { order, version, lane, card }: BoardChange, shown: boolean): void {
    const known = places.get(order);
    if (known !== undefined && known.version >= version) return;
    places.set(order, { version, lane, card });
    if (places === this.#places) this.#expectations.settle(order);
    if (shown) this.#changed.add(order);
  }

  #forget(order: string): void {
    if (this.#places.get(order)?.card !== null) this.#changed.add(order);
    this.#places.delete(order);
  }
}

const changeOf = (card: Card): BoardChange => ({ order: card.order, version: card.version, lane: card.lane, card });

const marksOf = ({ stale, rebuilding }: { stale: number | undefined; rebuilding: boolean | undefined }): Behind => ({
  ...(stale === undefined ? {} : { stale }),
  ...(rebuilding === undefined ? {} : { rebuilding }),
});

const isLive = ({ stale, rebuilding }: Behind): boolean => stale === undefined && rebuilding !== true;
