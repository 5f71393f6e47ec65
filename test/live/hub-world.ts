/** A board hub over a stream in memory. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BoardHub } from '../../src/live/board-hub.ts';
import type { RoomFrame } from '../../src/live/board-room.ts';
import { comparePositions } from '../../src/live/position.ts';
import type { TailOptions } from '../../src/views/board-tail.ts';
import type { People } from '../../src/views/people.ts';

export interface Member {
  readonly frames: RoomFrame[];
  readonly resyncs: string[];
  rooms: Set<string>;
  slow: boolean;
  drained: (() => void) | undefined;
  whenDrained(then: () => void): void;
  enter(room: string): void;
  exit(room: string): void;
}

const member = (): Member => ({
  frames: [],
  resyncs: [],
  rooms: new Set(),
  slow: false,
  drained: undefined,
  whenDrained(then) {
    this.drained = then;
  },
  enter(room) {
    this.rooms.add(room);
  },
  exit(room) {
    this.rooms.delete(room);
  },
});

interface Entry {
  readonly at: string;
  readonly change: { readonly order: string; readonly version: number; readonly lane: string; readonly card: object };
}

/** A board hub over a stream in memory; reads take a moment, and see what is there when they end or begin. */
export function world(delay: () => number) {
  const entries: Entry[] = [];
  const members = new Set<Member>();
  const named: string[] = [];
  let tail: Pick<TailOptions, 'entries' | 'lost' | 'found'> | undefined;
  let watched: string | undefined;
  let lost = false;
  let pictures = 0;
  let resumes = 0;
  let forgotten = false;
  let epoch = 'e';
  let stale: number | undefined;
  let caughtUp = true;
  let postgresAway: number | undefined;
  const dated: (number | undefined)[] = [];
  const head = () => ({
    epoch,
    complete: true,
    at: entries.at(-1)?.at ?? '0-0',
    ...(stale === undefined ? {} : { stale }),
  });
  const read = async <T>(what: () => T): Promise<T> => {
    await sleep(delay());
    const seen = what();
    await sleep(delay());
    return seen;
  };
  const newest = () => new Map(entries.map(({ change }) => [change.order, change]));
  const hub = new BoardHub<Member>({
    boards: {
      snapshot: (_site, first) =>
        read(() => {
          if (first !== 1) pictures += 1;
          const items = [...newest().values()];
          return {
            ...head(),
            lanes: { new: { items, count: items.length, next: null } },
            counts: { new: items.length },
            people: {},
          };
        }),
      digest: () => read(() => ({ ...head(), digest: '', counts: {} })),
      since: (_site, of, at) =>
        read(() => {
          resumes += 1;
          if (of !== epoch || stale !== undefined || forgotten) return undefined;
          const missed = entries.filter((entry) => comparePositions(entry.at, at) > 0);
          return { epoch, from: at, to: missed.at(-1)?.at ?? at, changes: missed.map(({ change }) => change) };
        }),
    },
    caughtUp: async () => caughtUp,
    cold: { changes: async () => ({ since: 0, changes: entries.slice(-1).map(({ change }) => change) }) },
    tail: (options) => {
      tail = options;
      return {
        watch: (_site, from) => {
          watched = from;
          pump();
        },
        unwatch: () => {
          watched = undefined;
        },
        close: async () => undefined,
      };
    },
    frameMs: 1,
    coldMs: 10,
    prepare: async (_cards, persons) => void named.push(...persons),
    away: () => postgresAway,
    cast: (room, _site, frame, marks) => {
      dated.push(marks.stale);
      for (const one of members) if (one.rooms.has(room)) one.frames.push(frame);
    },
    sendOne: (one, _site, frame) => void one.frames.push(frame),
    resync: (one, _site, reason) => void one.resyncs.push(reason),
  });
  /** As the tail: in order, each once, from the position it was watched from. */
  const pump = (): void => {
    setTimeout(() => {
      const from = watched;
      if (from === undefined || lost) return;
      const found = entries.filter(({ at }) => comparePositions(at, from) > 0);
      watched = found.at(-1)?.at ?? from;
      if (found.length > 0) tail?.entries('s', found);
    }, delay());
  };
  return {
    hub,
    get pictures() {
      return pictures;
    },
    get resumes() {
      return resumes;
    },
    /** From now on nobody is told what was missed, as when Redis does not answer in time. */
    forgetResumes() {
      forgotten = true;
    },
    get watched() {
      return watched;
    },
    last: () => entries.at(-1)?.at ?? '0-0',
    change(order = `o${entries.length % 4}`) {
      const at = `${entries.length + 1}-0`;
      const change = { order, version: entries.length + 1, lane: 'new', card: {} };
      entries.push({ at, change });
      pump();
    },
    named,
    meet(at: string, people: People) {
      tail?.entries('s', [{ at, people }]);
    },
    rebuild(name: string) {
      epoch = name;
      tail?.entries('s', [{ at: this.last(), epoch: name }]);
    },
    away(seconds: number | undefined) {
      stale = seconds;
    },
    /** Whether Redis has what the log has. */
    catchUp(done: boolean) {
      caughtUp = done;
    },
    /** Of every frame that went to all: what it said. */
    dated,
    withoutPostgres(seconds: number | undefined) {
      postgresAway = seconds;
    },
    lose() {
      lost = true;
      tail?.lost();
    },
    find(gaps: string[]) {
      lost = false;
      tail?.found(gaps);
      pump();
    },
    async come(resume?: { epoch: string; at: string }) {
      const one = member();
      const opening = await hub.open('s', resume);
      members.add(one);
      return { one, opening, seat: opening.take(one) };
    },
  };
}
