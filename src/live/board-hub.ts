/**
 * The boards that this node's sockets watch: one tail for all, per board one room whose frames are encoded once.
 *
 * U1 A watcher is told its position first (snapshot or missed frames); then it joins the room there. Where the room is
 *    ahead by then, the watcher first gets what lies between, from Redis.
 * U2 While Redis can't tell what changes, the view `orders` does, every `coldMs`, marked. What was sent then has positions
 *    that no stream ever had, so nobody resumes from them: once Redis is back, all open their board again.
 *    Who comes from such a position, to whatever node, knows what Postgres knew: what Redis has is shown as live to him only
 *    once it has that too.
 * U3 While Postgres is away nothing changes and nobody can look: frames say so every `coldMs`, and once when it is back.
 * U4 Who can't keep up is left out until drained, then opens again.
 */
import type { BoardEntry as TailEntry } from '../views/board.ts';
import type { BoardTail, TailOptions } from '../views/board-tail.ts';
import type { Boards } from '../views/boards.ts';
import type { ColdBoard } from '../views/cold.ts';
import type { People } from '../views/people.ts';
import type { BoardEntry, RoomFrame } from './board-room.ts';
import { takeSeat } from './bridge.ts';
import { ColdFeed } from './cold-feed.ts';
import { HubRoom } from './hub-room.ts';
import { isLive, type Picture, Pictures } from './pictures.ts';
import { comparePositions } from './position.ts';
import { type Prepare, type Prepared, prepareInTime } from './prepared.ts';
import { Resumes } from './resumes.ts';
import type { Marks, ResyncReason, Seat, Watcher } from './watcher.ts';

export interface HubOptions<W extends Watcher> {
  readonly boards: Pick<Boards, 'snapshot' | 'digest' | 'since'>;
  readonly cold: Pick<ColdBoard, 'changes'>;
  /** Whether Redis has everything that the log has by now. */
  caughtUp(site: string): Promise<boolean>;
  tail(options: Pick<TailOptions, 'entries' | 'lost' | 'found'>): Pick<BoardTail, 'watch' | 'unwatch' | 'close'>;
  readonly frameMs: number;
  readonly coldMs: number;
  /** Seconds since Postgres last answered; undefined = it does. */
  away?(): number | undefined;
  readonly prepare: Prepare;
  /** To all in the room. */
  cast(room: string, site: string, frame: RoomFrame, marks: Marks): void;
  sendOne(watcher: W, site: string, frame: RoomFrame): void;
  resync(watcher: W, site: string, reason: ResyncReason): void;
}

/** What to tell a watcher, and how it then takes its place. Both in one turn of the event loop. */
export type Opening<W> =
  | { readonly mode: 'frames'; readonly epoch: string; readonly missed: RoomFrame; take(watcher: W): Seat }
  | {
      readonly mode: 'snapshot';
      readonly picture: Picture;
      /** Its position. */
      readonly at: string;
      /** That of the digest. */
      readonly digestAt: string;
      take(watcher: W): Seat;
    };

/** How often is looked whether the boards are still those that the rooms follow: Redis may have been emptied. */
const CHECK_MS = 5_000;
/** One may be under way already, the next begins after it was asked for. */
const READINGS = 3;

export class BoardHub<W extends Watcher> {
  readonly #options: HubOptions<W>;
  readonly #tail: Pick<BoardTail, 'watch' | 'unwatch' | 'close'>;
  readonly #live = new Map<string, HubRoom<W>>();
  readonly #cold = new Map<string, HubRoom<W>>();
  readonly #pictures: Pictures;
  readonly #resumes: Resumes;
  readonly #prepare: Prepared;
  #lostAt: number | undefined;
  #lostTimer: NodeJS.Timeout | undefined;
  readonly #checkTimer: NodeJS.Timeout;
  readonly #dateTimer: NodeJS.Timeout;

  constructor(options: HubOptions<W>) {
    this.#options = options;
    this.#prepare = prepareInTime(options.prepare);
    this.#pictures = new Pictures({ boards: options.boards, prepare: this.#prepare });
    this.#resumes = new Resumes({ boards: options.boards, prepare: this.#prepare });
    this.#tail = options.tail({
      entries: (site, entries) => this.#take(site, entries),
      lost: () => this.#lose(),
      found: (gaps) => this.#find(gaps),
    });
    this.#checkTimer = setInterval(() => void this.#check(), CHECK_MS).unref();
    this.#dateTimer = setInterval(() => this.#date(), options.coldMs).unref();
  }

  /** Boards with at least one watcher. */
  get size(): number {
    return new Set([...this.#live.keys(), ...this.#cold.keys()]).size;
  }

  /** Between the answer and `take` nothing may be awaited but promises that are already settled. */
  async open(site: string, resume?: { readonly epoch: string; readonly at: string }): Promise<Opening<W>> {
    const missed = resume && (await this.#resumes.since(site, resume.epoch, resume.at));
    if (missed) {
      const { epoch, to } = missed;
      return { mode: 'frames', epoch, missed, take: (watcher) => this.#join(site, epoch, to, watcher) };
    }
    const cold = resume !== undefined && isColdPosition(resume.at);
    const behind = cold && !(await this.#options.caughtUp(site));
    const picture = asItIs(await this.#pictureFrom(site, cold ? undefined : resume), behind);
    const { epoch, at } = picture.snapshot;
    if (isLive(picture.marks)) {
      const digestAt = picture.digest.at;
      return { mode: 'snapshot', picture, at, digestAt, take: (watcher) => this.#join(site, epoch, at, watcher) };
    }
    const room = this.#coldRoom(site, epoch, picture.marks);
    const here = room.position;
    return { mode: 'snapshot', picture, at: here, digestAt: here, take: (watcher) => this.#joinCold(room, watcher) };
  }

  /** Not one that is older than what the watcher has: cards would go and come again. */
  async #pictureFrom(site: string, known?: { readonly epoch: string; readonly at: string }): Promise<Picture> {
    for (let left = READINGS; ; left--) {
      const picture = await this.#pictures.read(site);
      const { epoch, at } = picture.snapshot;
      if (left === 1 || known?.epoch !== epoch || comparePositions(at, known.at) >= 0) return picture;
      this.#pictures.forget(site);
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#lostTimer);
    clearInterval(this.#checkTimer);
    clearInterval(this.#dateTimer);
    for (const room of [...this.#live.values(), ...this.#cold.values()]) room.close();
    await this.#tail.close();
  }

  #join(site: string, epoch: string, at: string, watcher: W): Seat {
    let room = this.#live.get(site);
    if (room !== undefined && (room.epoch !== epoch || room.isCold)) {
      this.#retire(this.#live, room, 'rebuilt');
      room = undefined;
    }
    if (room === undefined) {
      room = this.#newRoom(this.#live, site, epoch, at);
      this.#tail.watch(site, at);
    }
    const { sendOne, resync } = this.#options;
    return takeSeat({ resumes: this.#resumes, sendOne, resync }, room, watcher, at);
  }

  #coldRoom(site: string, epoch: string, marks: Marks): HubRoom<W> {
    const known = this.#cold.get(site);
    if (known !== undefined) return known;
    const room = this.#newRoom(this.#cold, site, epoch, coldPosition());
    room.cool(
      this.#feed(room, () => this.#retire(this.#cold, room, 'live')),
      marks,
    );
    return room;
  }

  #joinCold(room: HubRoom<W>, watcher: W): Seat {
    room.expect();
    room.join(watcher, room.position);
    return { leave: () => room.leave(watcher) };
  }

  #feed(room: HubRoom<W>, live: () => void, since?: number): ColdFeed {
    const { boards, cold, coldMs } = this.#options;
    return new ColdFeed({
      everyMs: coldMs,
      ...(since === undefined ? {} : { since }),
      look: () => boards.snapshot(room.site, 1),
      changes: (from) => cold.changes(room.site, from),
      give: (changes, marks) => {
        void this.#prepare(changes).then(() => room.takeCold(changes, coldPosition(), marks));
      },
      live,
    });
  }

  #newRoom(rooms: Map<string, HubRoom<W>>, site: string, epoch: string, at: string): HubRoom<W> {
    const { frameMs, cast, sendOne, resync } = this.#options;
    const room: HubRoom<W> = new HubRoom<W>({
      site,
      epoch,
      at,
      frameMs,
      cast,
      sendOne,
      resync,
      empty: () => this.#forget(rooms, room),
    });
    rooms.set(site, room);
    return room;
  }

  #forget(rooms: Map<string, HubRoom<W>>, room: HubRoom<W>): void {
    if (rooms.get(room.site) !== room) return;
    rooms.delete(room.site);
    if (rooms === this.#live) this.#tail.unwatch(room.site);
  }

  /** All in it open their board again. */
  #retire(rooms: Map<string, HubRoom<W>>, room: HubRoom<W>, reason: ResyncReason): void {
    this.#forget(rooms, room);
    this.#pictures.forget(room.site);
    room.retire(reason);
  }

  #take(site: string, entries: readonly TailEntry[]): void {
    const room = this.#live.get(site);
    if (room === undefined) return;
    const begun = entries.find(({ epoch }) => epoch !== undefined && epoch !== room.epoch);
    if (begun !== undefined) {
      this.#retire(this.#live, room, 'rebuilt');
      return;
    }
    const changes = entries.flatMap(({ change }) => (change === undefined ? [] : [change]));
    this.#pictures.changed(site);
    const people: People = Object.assign({}, ...entries.map((entry) => entry.people ?? {}));
    const told = entries.flatMap(({ at: id, change, people: came }): BoardEntry[] =>
      change ? [{ id, ...change }] : came ? [{ id, people: came }] : [],
    );
    if (told.length > 0) room.take(told, this.#prepare(changes, people));
  }

  #lose(): void {
    this.#lostAt ??= Date.now();
    this.#pictures.forget();
    clearTimeout(this.#lostTimer);
    this.#lostTimer = setTimeout(() => this.#cool(), this.#options.coldMs);
  }

  /** Redis stays away: the live rooms get what `orders` knows. */
  #cool(): void {
    const since = this.#lostAt;
    for (const room of this.#live.values())
      if (!room.isCold)
        room.cool(
          this.#feed(room, () => undefined, since),
          {},
        );
  }

  #find(gaps: readonly string[]): void {
    clearTimeout(this.#lostTimer);
    this.#lostAt = undefined;
    for (const room of [...this.#live.values()])
      if (room.isCold || gaps.includes(room.site)) this.#retire(this.#live, room, 'redis_back');
  }

  #date(): void {
    const seconds = this.#options.away?.();
    for (const room of this.#live.values()) room.date(seconds);
  }

  async #check(): Promise<void> {
    for (const room of [...this.#live.values()]) {
      if (room.isCold || this.#lostAt !== undefined) continue;
      const head = await this.#options.boards.snapshot(room.site, 1).catch(() => undefined);
      if (head === undefined || head.stale !== undefined || room.closed) continue;
      if (head.epoch !== room.epoch) this.#retire(this.#live, room, 'rebuilt');
    }
  }
}

/** A picture that may lack what the watcher has. */
const asItIs = (picture: Picture, behind: boolean): Picture =>
  behind && isLive(picture.marks) ? { ...picture, marks: { rebuilding: true } } : picture;

/** No stream counts that high within a millisecond. */
const COLD = 1_000_000_000;
const isColdPosition = (at: string): boolean => Number(at.split('-')[1]) >= COLD;

let colds = 0;

/** Later than what any stream has by now, and no entry's id. */
function coldPosition(): string {
  colds += 1;
  return `${Date.now()}-${COLD + colds}`;
}
