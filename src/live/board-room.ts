/**
 * One board for the watchers of this node: entries of its stream become frames.
 *
 * F1 A frame goes out at once when the board was quiet, then at most one per `frameMs`; of several changes of one order
 *    or person it carries the newest.
 * F2 Frames of one watcher follow each other without a gap: the next `from` is the last `to`. A watcher whose position
 *    lies inside the next frame gets that frame from its own position on, then joins the others.
 */
import type { BoardChange } from '../views/board-types.ts';
import type { People } from '../views/people.ts';
import { comparePositions } from './position.ts';

/** `id` = position of the stream, `<ms>-<n>`. An order changed, or people came and went. */
export type BoardEntry = { readonly id: string } & (BoardChange | { readonly people: People });

export interface RoomFrame {
  readonly epoch: string;
  /** Exclusive. */
  readonly from: string;
  /** Inclusive. */
  readonly to: string;
  readonly changes: readonly BoardChange[];
  /** Those who came or went. */
  readonly people?: People;
}

export interface RoomOptions<M> {
  readonly epoch: string;
  /** Position that the first frame follows. */
  readonly from: string;
  readonly frameMs: number;
  /** To all members but those told by `sendOne`: encoded once. */
  sendAll(frame: RoomFrame): void;
  sendOne(member: M, frame: RoomFrame): void;
  /** From now on `sendAll` reaches this member. */
  admit(member: M): void;
}

/** Of several changes of one order the newest, in the order of the newest; of each person the newest. */
export function frameOf(epoch: string, from: string, to: string, entries: readonly BoardEntry[]): RoomFrame {
  const newest = new Map<string, BoardChange>();
  const people: People[] = [];
  for (const entry of entries) {
    if ('people' in entry) {
      people.push(entry.people);
      continue;
    }
    const { order, version, lane, card } = entry;
    newest.delete(order);
    newest.set(order, { order, version, lane, card });
  }
  const changes = [...newest.values()];
  return { epoch, from, to, changes, ...(people.length === 0 ? {} : { people: Object.assign({}, ...people) }) };
}

export class BoardRoom<M> {
  readonly #options: RoomOptions<M>;
  readonly #members = new Set<M>();
  /** Members ahead of the last frame, with their positions. */
  readonly #joining = new Map<M, string>();
  #entries: BoardEntry[] = [];
  #position: string;
  #timer: NodeJS.Timeout | undefined;
  #lastFrame = 0;

  constructor(options: RoomOptions<M>) {
    this.#options = options;
    this.#position = options.from;
  }

  get epoch(): string {
    return this.#options.epoch;
  }

  /** The last frame's `to`. */
  get position(): string {
    return this.#position;
  }

  get size(): number {
    return this.#members.size + this.#joining.size;
  }

  /** A member that has everything up to `at`; `at` must not be before the room's position. */
  join(member: M, at: string): void {
    if (comparePositions(at, this.#position) > 0) this.#joining.set(member, at);
    else this.#admit(member);
  }

  leave(member: M): void {
    this.#members.delete(member);
    this.#joining.delete(member);
  }

  members(): readonly M[] {
    return [...this.#members, ...this.#joining.keys()];
  }

  take(entries: readonly BoardEntry[]): void {
    const fresh = entries.filter(({ id }) => comparePositions(id, this.#position) > 0);
    if (fresh.length === 0) return;
    this.#entries.push(...fresh);
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#lastFrame + this.#options.frameMs - performance.now());
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  /** Sends what waits, now. */
  flush(): void {
    const last = this.#entries.at(-1);
    if (last !== undefined) this.#send(last.id);
  }

  /** A frame of what waits, now; also when nothing does: whoever sends it has something else to say. */
  repeat(): void {
    this.#send(this.#entries.at(-1)?.id ?? this.#position);
  }

  /** Sends what waits and these, now, as one frame up to `to`; also when there is nothing. */
  tell(changes: readonly BoardChange[], to: string): void {
    this.#entries.push(...changes.map((change) => ({ ...change, id: to })));
    this.#send(to);
  }

  #send(to: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = this.#entries;
    this.#entries = [];
    this.#lastFrame = performance.now();
    const { epoch, sendAll, sendOne } = this.#options;
    const from = this.#position;
    this.#position = to;
    if (this.#members.size > 0) sendAll(frameOf(epoch, from, to, entries));
    for (const [member, at] of this.#joining) {
      if (comparePositions(at, to) > 0) continue;
      this.#joining.delete(member);
      if (comparePositions(at, to) < 0) {
        const missed = entries.filter(({ id }) => comparePositions(id, at) > 0);
        sendOne(member, frameOf(epoch, at, to, missed));
      }
      this.#admit(member);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#members.clear();
    this.#joining.clear();
  }

  #admit(member: M): void {
    this.#members.add(member);
    this.#options.admit(member);
  }
}
