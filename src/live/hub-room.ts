/** A `BoardRoom` among others: who is expected, who can't keep up, how fresh it is, how it ends. */
import type { BoardChange } from '../views/board-types.ts';
import { type BoardEntry, BoardRoom, type RoomFrame } from './board-room.ts';
import type { ColdFeed } from './cold-feed.ts';
import type { Marks, ResyncReason, Watcher } from './watcher.ts';

export interface HubRoomOptions<W extends Watcher> {
  readonly site: string;
  readonly epoch: string;
  readonly at: string;
  readonly frameMs: number;
  cast(room: string, site: string, frame: RoomFrame, marks: Marks): void;
  sendOne(watcher: W, site: string, frame: RoomFrame): void;
  resync(watcher: W, site: string, reason: ResyncReason): void;
  /** The last one left. */
  empty(): void;
}

let rooms = 0;

export class HubRoom<W extends Watcher> {
  readonly #options: HubRoomOptions<W>;
  readonly #room: BoardRoom<W>;
  /** Unique: who was in a former room of this board hears nothing of this one. */
  readonly #name: string;
  /** On their way in. */
  #expected = 0;
  #ready: Promise<void> = Promise.resolve();
  #feed: ColdFeed | undefined;
  #marks: Marks = {};
  #closed = false;

  constructor(options: HubRoomOptions<W>) {
    this.#options = options;
    this.#name = `board ${options.site} ${++rooms}`;
    this.#room = new BoardRoom<W>({
      epoch: options.epoch,
      from: options.at,
      frameMs: options.frameMs,
      sendAll: (frame) => {
        this.#leaveOutSlow();
        options.cast(this.#name, options.site, frame, this.#marks);
      },
      sendOne: (watcher, frame) => options.sendOne(watcher, options.site, frame),
      admit: (watcher) => watcher.enter(this.#name),
    });
  }

  get site(): string {
    return this.#options.site;
  }

  get epoch(): string {
    return this.#options.epoch;
  }

  get position(): string {
    return this.#room.position;
  }

  /** Fed by the view `orders`: nobody may resume from its positions. */
  get isCold(): boolean {
    return this.#feed !== undefined;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Somebody is on the way: followed by `join` or `giveUp`. */
  expect(): void {
    this.#expected += 1;
  }

  join(watcher: W, at: string): void {
    this.#expected -= 1;
    this.#room.join(watcher, at);
    this.#feed?.repeat();
  }

  giveUp(): void {
    this.#expected -= 1;
    this.#closeIfEmpty();
  }

  leave(watcher: W): void {
    watcher.exit(this.#name);
    this.#room.leave(watcher);
    this.#closeIfEmpty();
  }

  /** In the order of the calls, each once it is `ready` to be shown. */
  take(entries: readonly BoardEntry[], ready: Promise<unknown>): void {
    this.#ready = this.#ready.then(async () => {
      await ready;
      if (!this.#closed) this.#room.take(entries);
    });
  }

  cool(feed: ColdFeed, marks: Marks): void {
    this.#feed?.stop();
    this.#feed = feed;
    this.#marks = marks;
  }

  /** No changes: the frame still tells how stale the board is. */
  takeCold(changes: readonly BoardChange[], at: string, marks: Marks): void {
    if (this.#closed) return;
    this.#marks = marks;
    if (changes.length > 0 || marks.stale !== undefined) this.#room.tell(changes, at);
  }

  /** Says how old a live board may be, or that it is not; told again and again while it may. */
  date(seconds: number | undefined): void {
    if (this.#closed || this.isCold || (seconds === undefined && this.#marks.stale === undefined)) return;
    this.#marks = seconds === undefined ? {} : { stale: Math.ceil(seconds) };
    this.#room.repeat();
  }

  retire(reason: ResyncReason): void {
    const watchers = this.#room.members();
    this.close();
    for (const watcher of watchers) {
      watcher.exit(this.#name);
      this.#options.resync(watcher, this.site, reason);
    }
  }

  close(): void {
    this.#closed = true;
    this.#feed?.stop();
    this.#room.close();
  }

  #closeIfEmpty(): void {
    if (this.#closed || this.#expected > 0 || this.#room.size > 0) return;
    this.close();
    this.#options.empty();
  }

  #leaveOutSlow(): void {
    for (const watcher of this.#room.members()) {
      if (!watcher.slow) continue;
      this.leave(watcher);
      watcher.whenDrained(() => this.#options.resync(watcher, this.site, 'slow'));
    }
  }
}
