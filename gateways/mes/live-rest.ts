/**
 * The rest of a snapshot: the cards beyond the first of each lane, in parts that the client acknowledges, then
 * `board:ready`. Frames may come between; a part's card may be newer than the snapshot. All who have the same picture get
 * the same parts, read and written once, each at its own speed.
 */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { LANES, type Lane } from '../../actors/order/lifecycle.ts';
import type { Line } from '../../src/live/line.ts';
import type { Picture } from '../../src/live/pictures.ts';
import { SharedSequence } from '../../src/live/shared-sequence.ts';
import { Written } from '../../src/live/written.ts';
import type { BoardPage, Part, Ready } from '../contract/board.ts';
import type { Card } from '../contract/card.ts';
import { type PageAsk, readPage } from './board-read.ts';
import type { FloorLiveDeps } from './live-deps.ts';

const PAGE = 200;
/** A part stays below 64 KB, with its envelope. */
const PART_BYTES = 60 * 1024;
/** Above this a board is paged by those who want to see the rest. */
const MOST_CARDS = 10_000;
const ANSWER_MS = 10_000;
const TRIES = 3;
const AGAIN_MS = 100;

type Deps = Pick<FloorLiveDeps, 'boards' | 'directory'>;

export interface Rest {
  readonly line: Line;
  readonly site: string;
  readonly picture: Picture;
  /** Position of the digest, as this client knows it. */
  readonly digestAt: string;
  /** false: nobody wants it any more. */
  current(): boolean;
  /** The client does not follow, or the board can't be read on: that many may be told at once. */
  broken(reason: 'slow' | 'rebuilt'): void;
}

export function restSender(deps: Deps): (rest: Rest) => Promise<void> {
  const known = new WeakMap<Picture, SharedSequence<Written>>();
  const partsOf = (site: string, picture: Picture): SharedSequence<Written> => {
    const parts = known.get(picture) ?? new SharedSequence(partsFrom(deps, site, picture));
    known.set(picture, parts);
    return parts;
  };
  return async ({ line, site, picture, digestAt, current, broken }) => {
    const { epoch } = picture.snapshot;
    const { digest } = picture.digest;
    const partAt = async (i: number): Promise<Written | undefined> => {
      try {
        return await partsOf(site, picture).at(i);
      } catch (error) {
        known.delete(picture);
        if (current()) broken('rebuilt');
        throw error;
      }
    };
    try {
      // Whoever takes the answer from a promise gets to it before anything else is there.
      await setImmediate();
      for (let i = 0; ; i++) {
        const part = await partAt(i);
        if (!current()) return;
        if (part === undefined) break;
        await line.ask('board:part', part, ANSWER_MS);
      }
      if (current()) line.send('board:ready', { site, epoch, at: digestAt, digest } satisfies Ready);
    } catch {
      if (current()) broken('slow');
    }
  };
}

async function* partsFrom(deps: Deps, site: string, { snapshot }: Picture): AsyncGenerator<Written> {
  const { epoch } = snapshot;
  const total = Object.values(snapshot.counts).reduce((sum, count) => sum + count, 0);
  if (total > MOST_CARDS) return;
  for (const lane of LANES)
    for await (const items of cardsFrom(deps, site, lane, epoch, snapshot.lanes[lane]?.next ?? null))
      yield new Written({ site, epoch, lane, items } satisfies Part);
}

async function* cardsFrom(
  deps: Deps,
  site: string,
  lane: Lane,
  epoch: string,
  from: string | null,
): AsyncGenerator<Card[]> {
  for (let cursor = from; cursor !== null; ) {
    const page = await pageOf(deps, site, { lane, sort: 'recent', cursor, limit: PAGE }, epoch);
    yield* inParts(page.items);
    cursor = page.next;
  }
}

/** All who read this picture wait for it: one call of Redis that fails is no reason to send them all back. */
async function pageOf(deps: Deps, site: string, ask: PageAsk, epoch: string): Promise<BoardPage> {
  for (let left = TRIES; ; left--) {
    const page = await readPage(deps, site, ask).catch((error: unknown) => {
      if (left === 1) throw error;
    });
    if (page?.epoch === epoch) return page;
    if (left === 1) throw new Error('the board was rebuilt meanwhile');
    await sleep(AGAIN_MS);
  }
}

function* inParts(cards: readonly Card[]): Generator<Card[]> {
  let part: Card[] = [];
  let bytes = 0;
  for (const card of cards) {
    const own = Buffer.byteLength(JSON.stringify(card));
    if (part.length > 0 && bytes + own > PART_BYTES) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(card);
    bytes += own;
  }
  if (part.length > 0) yield part;
}
