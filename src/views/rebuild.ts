/**
 * Makes a board anew while it goes on being changed and served (from the view `orders`, until it is complete).
 *
 * A new epoch, not complete → the cursor of `orders` is noted → the open orders are loaded → cards in Redis that the load
 * did not touch are looked up in the log → the rows after the noted cursor are applied → complete.
 *
 * R1 From the first step on turns write to the board too; the newer version wins, so the order of all this is free.
 * R2 Of two rebuilds of a board one goes on: the epoch says which; a silent one is given up after `SILENT_MS`.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError } from '../errors.ts';
import type { Hot } from '../hot/hot.ts';
import type { PlaceItem } from '../hot/items.ts';
import type { Keys } from '../hot/keys.ts';
import type { Redis } from '../hot/redis.ts';
import { run } from '../hot/script.ts';
import { SCRIPTS } from '../hot/scripts.ts';
import { readFeed } from '../log/feed.ts';
import type { FeedCursor } from '../log/rows.ts';
import { type Queryable, statement } from '../log/statement.ts';
import type { BoardStore } from './board.ts';
import { readCursor } from './cursors.ts';
import { cursorFrom, cursorText, earlier } from './feed-cursor.ts';
import type { Mender } from './mend.ts';
import { redisRun } from './redis-run.ts';
import { ORDERS_FEED } from './table.ts';
import { type TruePlaceOptions, truePlace } from './true-place.ts';

export interface RebuildOptions extends TruePlaceOptions {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly hot: Hot;
  /** With `READ_SETTINGS`. */
  readonly pool: Queryable;
  readonly store: BoardStore;
  readonly mender: Mender;
  readonly lanes: readonly string[];
  readonly streamKeep: number;
}

export interface Rebuilt {
  readonly epoch: string;
  readonly at: string;
  /** Cards loaded from `orders`. */
  readonly loaded: number;
  /** Cards in Redis that `orders` does not have on this board. */
  readonly strays: number;
}

const PAGE = 500;
const SILENT_MS = 3_000;
/** Some ten times as long. */
const MOST_TRIES = 30;
/** Strays are looked up one by one. */
const BEAT_EVERY = 50;
const NO_ID = '00000000-0000-0000-0000-000000000000';

interface OpenLine {
  readonly id: string;
  readonly version: number;
  readonly lane: string;
  readonly recent: string;
  readonly urgent: string;
  readonly card: string;
}

const openOrders = statement<OpenLine>(import.meta.url, 'sql/orders-open');

/**
 * `wipe`: what stands in Redis may be ahead of the log (another log was adopted): it goes first. undefined = another
 * rebuild of this board is under way. Throws `rebuild_lost` when another took over or Redis was emptied meanwhile.
 */
export async function rebuildBoard(
  options: RebuildOptions,
  board: string,
  { wipe = false }: { readonly wipe?: boolean } = {},
): Promise<Rebuilt | undefined> {
  const { redis, keys, pool, lanes, streamKeep } = options;
  const epoch = randomBytes(8).toString('hex');
  const meta: [string] = [keys.boardMeta(board)];
  const runId = await redisRun(redis);
  const argv = [keys.board(board), epoch, runId, SILENT_MS, wipe ? 1 : '', ...lanes];
  const before = await run(redis, SCRIPTS.boardBegin, meta, argv);
  if (before === undefined) return undefined;
  const beat = (alive: boolean): Promise<boolean> => run(redis, SCRIPTS.boardBeat, meta, [epoch, alive ? 1 : '']);
  const alive = async (): Promise<void> => {
    if (!(await beat(true))) throw lost(board);
  };
  try {
    const noted = await readCursor(pool, ORDERS_FEED);
    const touched = await load(options, board, alive);
    const strays = await mendStrays(options, board, touched, alive);
    const replayed = await replay(options, noted, alive);
    const cursor = cursorAfter(before, runId, replayed);
    const at = await run(redis, SCRIPTS.boardComplete, meta, [
      keys.board(board),
      epoch,
      cursorText(cursor),
      streamKeep,
    ]);
    if (at === undefined) throw lost(board);
    return { epoch, at, loaded: touched.size, strays };
  } catch (error) {
    await beat(false).catch(() => undefined); // silence says the same, later
    throw error;
  }
}

/** The same, after another rebuild of the board is done or has fallen silent. Throws `rebuild_running` when it goes on. */
export async function rebuildBoardPatiently(
  options: RebuildOptions,
  board: string,
  how: { readonly wipe?: boolean } = {},
): Promise<Rebuilt> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const rebuilt = await rebuildBoard(options, board, how);
    if (rebuilt !== undefined) return rebuilt;
    await sleep(SILENT_MS / 3);
  }
  throw new AndonError('rebuild_running', `another rebuild of board ${board} is under way`, {
    retry: 'later',
    expose: true,
  });
}

/**
 * Where the reconciler goes on. What an earlier cursor still had before it is looked at again; where Redis went back, so
 * are the rows of the last minutes, because states may have gone back whose rows are long behind that cursor.
 */
function cursorAfter(
  before: { readonly run: string; readonly cursor: string; readonly oldest: string },
  runId: string,
  replayed: FeedCursor,
): FeedCursor {
  const wentBack = before.run !== '' && before.run !== runId;
  const known = wentBack ? before.oldest || before.cursor : before.cursor;
  return known === '' ? replayed : earlier(cursorFrom(known), replayed);
}

const lost = (board: string): AndonError =>
  new AndonError('rebuild_lost', `another rebuild of board ${board} took over, or Redis was emptied`, {
    retry: 'later',
  });

async function load(options: RebuildOptions, board: string, alive: () => Promise<void>): Promise<ReadonlySet<string>> {
  const touched = new Set<string>();
  for (let after = NO_ID; ; ) {
    const lines = await openOrders.run(options.pool, [board, after, PAGE]);
    await options.hot.finish(
      lines.map(({ id, ...line }): PlaceItem => ({ type: 'place', board, actor: id, load: true, ...line })),
    );
    for (const { id } of lines) touched.add(id);
    await alive();
    const last = lines.at(-1);
    if (last === undefined || lines.length < PAGE) return touched;
    after = last.id;
  }
}

/** Cards that are there though `orders` does not know them here: changed just now, or left over from before. */
async function mendStrays(
  options: RebuildOptions,
  board: string,
  touched: ReadonlySet<string>,
  alive: () => Promise<void>,
): Promise<number> {
  const found = await options.store.places(board);
  const strays = (found?.places ?? []).filter(({ order, lane }) => lane !== '' && !touched.has(order));
  for (const [i, { order, version }] of strays.entries()) {
    const place = await truePlace(options, board, order, version);
    await options.hot.finish([{ ...place, load: true }]);
    if (i % BEAT_EVERY === 0) await alive();
  }
  return strays.length;
}

async function replay(options: RebuildOptions, from: FeedCursor, alive: () => Promise<void>): Promise<FeedCursor> {
  for (let cursor = from; ; ) {
    const page = await readFeed(options.pool, cursor, PAGE);
    await options.mender.mend(page.rows);
    await alive();
    cursor = page.cursor;
    if (page.rows.length < PAGE) return cursor;
  }
}
