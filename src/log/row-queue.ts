/**
 * Rows on their way into the log. Invariants: of one actor at most one row is ready or sent, the others wait behind it
 * in their order, however often it is sent again; a row leaves by `release`, once.
 */
import type { EncodedRow } from './encode.ts';
import type { Appended, NewRow } from './rows.ts';

export interface Waiting {
  readonly row: NewRow;
  readonly encoded: EncodedRow;
  /** kind:actor */
  readonly lane: string;
  /** Milliseconds since 1970; after it nothing more is tried. */
  readonly until: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
  settled: boolean;
  /** Part of a statement whose answer is awaited. */
  sent: boolean;
  /** An attempt's outcome is unknown. */
  doubted: boolean;
  /** How often it was sent alone, or answered "the same row again". */
  tries: number;
}

export class RowQueue {
  /** All that are not settled, oldest first. */
  readonly all = new Set<Waiting>();
  readonly #behind = new Map<string, Waiting[]>();
  #ready: Waiting[] = [];
  #next = 0;

  /** How many could be sent now, nearly: those given up meanwhile count until they are passed over. */
  get ready(): number {
    return this.#ready.length - this.#next;
  }

  add(waiting: Waiting): void {
    this.all.add(waiting);
    const behind = this.#behind.get(waiting.lane);
    if (behind === undefined) {
      this.#behind.set(waiting.lane, []);
      this.#ready.push(waiting);
    } else behind.push(waiting);
  }

  /** At most `most`, of different actors, in the order of their actors: the same order of locks on all nodes. */
  take(most: number): Waiting[] {
    const taken: Waiting[] = [];
    while (taken.length < most && this.#next < this.#ready.length) {
      const waiting = this.#ready[this.#next++];
      if (waiting !== undefined && !waiting.settled) taken.push(waiting);
    }
    if (this.#next > 1_000 || this.#next === this.#ready.length) {
      this.#ready = this.#ready.slice(this.#next);
      this.#next = 0;
    }
    return taken.sort((a, b) => (a.lane < b.lane ? -1 : 1));
  }

  /** It is settled: the next of its actor may go. */
  release(waiting: Waiting): void {
    waiting.settled = true;
    this.all.delete(waiting);
    const behind = this.#behind.get(waiting.lane);
    if (behind === undefined) return;
    const place = behind.indexOf(waiting);
    if (place !== -1) {
      behind.splice(place, 1); // given up before its turn came
      return;
    }
    const next = behind.shift();
    if (next === undefined) this.#behind.delete(waiting.lane);
    else this.#ready.push(next);
  }
}
