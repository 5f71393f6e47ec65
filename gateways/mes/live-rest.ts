/**
 * The rest of a snapshot: the cards beyond the first of each lane, in parts that the client acknowledges, then
 * `board:ready`. Frames may come between; a part's card may be newer than the snapshot.
 */
import { setImmediate } from 'node:timers/promises';
import { LANES, type Lane } from '../../actors/order/lifecycle.ts';
import type { Line } from '../../src/live/line.ts';
import type { Picture } from '../../src/live/pictures.ts';
import type { Part, Ready } from '../contract/board.ts';
import type { Card } from '../contract/card.ts';
import { readPage } from './board-read.ts';
import type { FloorLiveDeps } from './live-deps.ts';

const PAGE = 200;
/** A part stays below 64 KB, with its envelope. */
const PART_BYTES = 60 * 1024;
/** Above this a board is paged by those who want to see the rest. */
const MOST_CARDS = 10_000;
const ANSWER_MS = 10_000;

/** `broken` is called when the client does not follow, or the board can't be read on. */
export async function sendRest(
  deps: Pick<FloorLiveDeps, 'boards' | 'directory'>,
  line: Line,
  site: string,
  { snapshot, digest }: Picture,
  current: () => boolean,
  broken: () => void,
): Promise<void> {
  const { epoch } = snapshot;
  const total = Object.values(snapshot.counts).reduce((sum, count) => sum + count, 0);
  try {
    // Whoever takes the answer from a promise gets to it before anything else is there.
    await setImmediate();
    if (total <= MOST_CARDS)
      for (const lane of LANES) {
        for await (const items of cardsFrom(deps, site, lane, epoch, snapshot.lanes[lane]?.next ?? null)) {
          if (!current()) return;
          await line.ask('board:part', { site, epoch, lane, items } satisfies Part, ANSWER_MS);
        }
      }
    if (current()) line.send('board:ready', { site, epoch, at: digest.at, digest: digest.digest } satisfies Ready);
  } catch {
    if (current()) broken();
  }
}

async function* cardsFrom(
  deps: Pick<FloorLiveDeps, 'boards' | 'directory'>,
  site: string,
  lane: Lane,
  epoch: string,
  from: string | null,
): AsyncGenerator<Card[]> {
  for (let cursor = from; cursor !== null; ) {
    const page = await readPage(deps, site, { lane, sort: 'recent', cursor, limit: PAGE });
    if (page.epoch !== epoch) throw new Error('the board was rebuilt meanwhile');
    yield* inParts(page.items);
    cursor = page.next;
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
