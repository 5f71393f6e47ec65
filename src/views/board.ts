/**
 * Boards as Redis keeps them. Each read is one script call, so what it gives was true together at `at`.
 * undefined = Redis has no such board; `complete: false` = it is being rebuilt. Neither may be shown: see boards.ts.
 */
import type { Keys } from '../hot/keys.ts';
import type { Redis } from '../hot/redis.ts';
import { run } from '../hot/script.ts';
import { SCRIPTS, type StreamEntry } from '../hot/scripts.ts';
import {
  type BoardChange,
  type BoardDigest,
  type BoardPage,
  type BoardSnapshot,
  type CursorOf,
  decodeCursor,
  digestOf,
  encodeCursor,
  type PageRequest,
  type Place,
} from './board-types.ts';
import { type People, parsePeople } from './people.ts';

export interface BoardStoreOptions {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly lanes: readonly string[];
}

/** Boards are some hundred kilobytes: they may take longer than a turn's script. */
const LIMIT_MS = 1_000;
/** Who missed more than this gets a snapshot: it is smaller. */
const MOST_CHANGES = 1_000;
const POSITION = /^\d{1,16}-\d{1,16}$/;

/** What came after `from`, up to `to`: the newest change of each order, and of each person. */
export interface Missed {
  readonly epoch: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly BoardChange[];
  readonly people?: People;
}

export class BoardStore {
  readonly #options: BoardStoreOptions;

  constructor(options: BoardStoreOptions) {
    this.#options = options;
  }

  /** The first cards of each lane, newest change first. */
  async snapshot(board: string, first = 200): Promise<BoardSnapshot | undefined> {
    const { redis, lanes } = this.#options;
    const argv = [this.#base(board), first, ...lanes];
    const found = await run(redis, SCRIPTS.boardSnapshot, this.#meta(board), argv, { limitMs: LIMIT_MS });
    if (found === undefined) return undefined;
    const shown = found.lanes.map(({ cards, count, next }, i) => ({
      items: parseAll(cards),
      count,
      next: cursor({ board, lane: lanes[i] ?? '', sort: 'recent' }, next),
    }));
    return {
      epoch: found.epoch,
      complete: found.complete,
      at: found.at,
      people: parsePeople(found.people),
      lanes: Object.fromEntries(lanes.map((lane, i) => [lane, shown[i] ?? { items: [], count: 0, next: null }])),
      counts: Object.fromEntries(lanes.map((lane, i) => [lane, shown[i]?.count ?? 0])),
    };
  }

  /** Throws `invalid` for a cursor that is none of ours. */
  async page({ board, lane, sort, cursor: after, limit }: PageRequest): Promise<BoardPage | undefined> {
    const { redis, lanes } = this.#options;
    const member = after === null ? '' : decodeCursor({ board, lane, sort }, after).member;
    const argv = [this.#base(board), lane, sort, member, limit, ...lanes];
    const found = await run(redis, SCRIPTS.boardPage, this.#meta(board), argv, { limitMs: LIMIT_MS });
    if (found === undefined) return undefined;
    const { cards, next, counts, people, ...head } = found;
    return {
      ...head,
      people: parsePeople(people),
      items: parseAll(cards),
      next: cursor({ board, lane, sort }, next),
      counts: Object.fromEntries(lanes.map((name, i) => [name, counts[i] ?? 0])),
    };
  }

  async digest(board: string): Promise<BoardDigest | undefined> {
    const found = await this.places(board);
    if (found === undefined) return undefined;
    const { places, ...head } = found;
    return { ...head, ...digestOf(this.#options.lanes, places) };
  }

  /** Every order of the board; those that left it have the lane ''. */
  async places(board: string) {
    const argv = [this.#base(board)];
    const found = await run(this.#options.redis, SCRIPTS.boardPlaces, this.#meta(board), argv, { limitMs: LIMIT_MS });
    return found && { ...found, places: parsePlaces(found.places) };
  }

  /** undefined = take a snapshot: another epoch, the entry `at` is gone, or too much was missed. */
  async since(board: string, epoch: string, at: string): Promise<Missed | undefined> {
    if (!POSITION.test(at)) return undefined;
    const argv = [this.#base(board), epoch, at, MOST_CHANGES];
    const entries = await run(this.#options.redis, SCRIPTS.boardSince, this.#meta(board), argv, { limitMs: LIMIT_MS });
    if (entries === undefined) return undefined;
    const newest = new Map<string, BoardChange>();
    const came: People[] = [];
    for (const { change, people } of entries.map(parseEntry)) {
      if (people) came.push(people);
      if (!change) continue;
      newest.delete(change.order); // so that it stands where its last change stands
      newest.set(change.order, change);
    }
    const people = came.length === 0 ? {} : { people: Object.assign({}, ...came) as People };
    return { epoch, from: at, to: entries.at(-1)?.[0] ?? at, changes: [...newest.values()], ...people };
  }

  #base(board: string): string {
    return this.#options.keys.board(board);
  }

  #meta(board: string): [string] {
    return [this.#options.keys.boardMeta(board)];
  }
}

/** One entry of a board's stream: a change, who came or went, or the beginning of an epoch. */
export interface BoardEntry {
  readonly at: string;
  readonly change?: BoardChange;
  readonly people?: People;
  readonly epoch?: string;
}

export function parseEntry([at, fields]: StreamEntry): BoardEntry {
  const value = (name: string): string =>
    fields[fields.findIndex((field, i) => i % 2 === 0 && field === name) + 1] ?? '';
  if (fields[0] === 'e') return { at, epoch: value('e') };
  if (fields[0] === 'p') return { at, people: JSON.parse(value('p')) as People };
  const [lane, card] = [value('l'), value('c')];
  const change = { order: value('o'), version: Number(value('v')), lane: lane === '' ? null : lane };
  return { at, change: { ...change, card: card === '' ? null : JSON.parse(card) } };
}

const cursor = (of: CursorOf, member: string): string | null => (member === '' ? null : encodeCursor(of, member));

const parseAll = (cards: readonly string[]): readonly unknown[] => cards.map((card) => JSON.parse(card));

function parsePlaces(flat: readonly string[]): Place[] {
  const places: Place[] = [];
  for (let i = 0; i < flat.length; i += 2) {
    const [version, lane] = (flat[i + 1] ?? '').split('|', 2);
    places.push({ order: flat[i] ?? '', version: Number(version), lane: lane ?? '' });
  }
  return places;
}
