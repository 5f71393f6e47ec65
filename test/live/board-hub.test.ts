import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { BoardHub, type Opening } from '../../src/live/board-hub.ts';
import type { RoomFrame } from '../../src/live/board-room.ts';
import { comparePositions } from '../../src/live/position.ts';
import type { Seat } from '../../src/live/watcher.ts';
import type { TailOptions } from '../../src/views/board-tail.ts';
import type { People } from '../../src/views/people.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('board hub');

interface Member {
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

/** A stream in memory; reads take a moment, and see what is there when they end or begin. */
function world(delay: () => number) {
  const entries: Entry[] = [];
  const members = new Set<Member>();
  const named: string[] = [];
  let tail: Pick<TailOptions, 'entries' | 'lost' | 'found'> | undefined;
  let watched: string | undefined;
  let lost = false;
  let pictures = 0;
  let epoch = 'e';
  let stale: number | undefined;
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
          if (of !== epoch || stale !== undefined) return undefined;
          const missed = entries.filter((entry) => comparePositions(entry.at, at) > 0);
          return { epoch, from: at, to: missed.at(-1)?.at ?? at, changes: missed.map(({ change }) => change) };
        }),
    },
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

type Came = { one: Member; opening: Opening<Member>; seat: Seat };

const startOf = ({ opening }: Came): string =>
  opening.mode === 'frames' ? opening.missed.to : opening.picture.snapshot.at;

function assertWhole(came: Came, last: string): void {
  let position = startOf(came);
  for (const frame of came.one.frames) {
    assert.is(frame.from, position);
    position = frame.to;
  }
  assert.is(position, last);
}

test('whoever comes at whatever moment is told everything without a gap', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 4 })), async (delays) => {
      const made = world(() => delays.next().value ?? 0);
      const comers: Promise<Came>[] = [made.come()];
      for (let n = 0; n < 25; n++) {
        made.change();
        if (n % 4 === 0) comers.push(made.come());
        if (n % 7 === 0) comers.push(made.come({ epoch: 'e', at: made.last() }));
        await sleep(delays.next().value ?? 0);
      }
      const all = await Promise.all(comers);
      const last = made.last();
      for (const came of all)
        await until('the end is reached', () => (came.one.frames.at(-1)?.to ?? startOf(came)) === last);
      for (const came of all) {
        assertWhole(came, last);
        assert.equal(came.one.resyncs, []);
      }
      await made.hub.close();
    }),
    { numRuns: 15 },
  );
});

test('those who come at once share one reading', async () => {
  const made = world(() => 2);
  made.change();
  await Promise.all(Array.from({ length: 20 }, () => made.come()));
  assert.is(made.pictures, 1);
  await made.hub.close();
});

test('who can’t keep up is left out, and opens again once drained', async () => {
  const made = world(() => 0);
  const [a, b] = [await made.come(), await made.come()];
  a.one.slow = true;
  made.change();
  await until('the other is told', () => b.one.frames.length === 1);
  assert.equal([a.one.frames.length, a.one.resyncs.length], [0, 0]);
  a.one.drained?.();
  assert.equal(a.one.resyncs, ['slow']);
  await made.hub.close();
});

test('who comes and goes is pushed like a change, once the names are known', async () => {
  const made = world(() => 0);
  const { one } = await made.come();
  const people = { ann: { present: true, since: 5 } };
  made.meet('7-0', people);
  await until('it is told', () => one.frames.length === 1);
  assert.equal(one.frames[0], { epoch: 'e', from: '0-0', to: '7-0', changes: [], people });
  assert.equal(made.named, ['ann']);
  await made.hub.close();
});

test('a board that begins anew is opened anew, by all', async () => {
  const made = world(() => 0);
  const [a, b] = [await made.come(), await made.come()];
  made.rebuild('f');
  assert.equal([a.one.resyncs, b.one.resyncs], [['rebuilt'], ['rebuilt']]);
  const again = await made.come({ epoch: 'e', at: made.last() });
  assert.is(again.opening.mode, 'snapshot');
  await made.hub.close();
});

test('a board nobody watches any more is not followed', async () => {
  const made = world(() => 0);
  const [a, b] = [await made.come(), await made.come()];
  a.seat.leave();
  assert.is(made.watched, '0-0');
  b.seat.leave();
  b.seat.leave();
  assert.equal([made.watched, made.hub.size], [undefined, 0]);
  await made.hub.close();
});

test('a short loss of the tail is nobody’s business, a longer one goes on from Postgres, then all open again', async () => {
  const made = world(() => 0);
  made.change();
  const { one } = await made.come();
  made.lose();
  made.find([]);
  await sleep(30);
  assert.equal([one.resyncs, one.frames.length], [[], 0]);
  made.away(1);
  made.lose();
  made.change();
  await until('it is told from Postgres', () => one.frames.at(-1)?.changes[0]?.version === 2);
  const cold = await made.come();
  assert.ok(cold.opening.mode === 'snapshot' && cold.opening.picture.marks.stale === 1);
  made.away(undefined);
  made.find([]);
  assert.equal(one.resyncs, ['redis_back']);
  await until('the other one opens again too', () => cold.one.resyncs.length === 1);
  await made.hub.close();
});

test('while Postgres is away frames say how old the board may be, without a gap, and once when it is back', async () => {
  const made = world(() => 0);
  made.change();
  const { one } = await made.come();
  await sleep(30);
  assert.equal(made.dated, [], 'nothing is said while nothing is wrong');
  made.withoutPostgres(1.5);
  await until('it is said again and again', () => made.dated.length > 2);
  made.change();
  await until('the change', () => one.frames.some(({ changes }) => changes.length > 0));
  assert.ok(made.dated.every((seconds) => seconds === 2));
  made.withoutPostgres(undefined);
  await until('that it is over', () => made.dated.at(-1) === undefined);
  const said = made.dated.length;
  made.change();
  await until('the next change', () => one.frames.at(-1)?.to === made.last());
  assert.equal(made.dated.slice(said), [undefined], 'said once');
  for (const [i, { from }] of one.frames.entries()) assert.is(from, one.frames[i - 1]?.to ?? '1-0');
  await made.hub.close();
});
