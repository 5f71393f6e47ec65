/**
 * Boards as the view `orders` knows them: shown while Redis is away, or while a board is being rebuilt. At most a second
 * behind the log. Positions and epoch are of no stream: whoever has seen this must take a snapshot later.
 */
import { type Queryable, statement } from '../log/statement.ts';
import {
  type BoardChange,
  type BoardDigest,
  type BoardPage,
  type BoardSnapshot,
  type CursorOf,
  decodeCursor,
  digestOf,
  encodeCursor,
  type LaneCards,
  type PageRequest,
  type Place,
} from './board-types.ts';
import { ORDERS_FEED } from './table.ts';

/** No board has ever this epoch or stands at this position. */
const HEAD = { epoch: 'cold', complete: false, at: '0-0' } as const;
/** Clocks of nodes differ, and a change may become visible late: changes are read again over this time, milliseconds. */
const OVERLAP_MS = 5_000;

interface SnapshotLine {
  readonly lane: string;
  readonly count: number;
  /** null in the one line of an empty lane. */
  readonly id: string | null;
  readonly recent: string | null;
  readonly card: unknown;
}

interface PageLine {
  readonly id: string;
  readonly key: string;
  readonly card: unknown;
}

type PlaceLine = { readonly id: string; readonly version: number; readonly lane: string };
type ChangeLine = {
  readonly id: string;
  readonly version: number;
  readonly lane: string | null;
  readonly card: unknown;
};

const snapshot = statement<SnapshotLine>(import.meta.url, 'sql/board-cold');
const pages = {
  recent: statement<PageLine>(import.meta.url, 'sql/board-cold-recent'),
  urgent: statement<PageLine>(import.meta.url, 'sql/board-cold-urgent'),
};
const places = statement<PlaceLine>(import.meta.url, 'sql/board-cold-places');
const changes = statement<ChangeLine & { readonly updated_at: Date }>(import.meta.url, 'sql/board-cold-changes');
const lag = statement<{ seconds: number }>(import.meta.url, 'sql/orders-lag');

export interface ColdChanges {
  /** Milliseconds since 1970; ask with it next time. */
  readonly since: number;
  /** Some of them may have been given before: newer versions count. */
  readonly changes: readonly BoardChange[];
}

export class ColdBoard {
  readonly #pool: Queryable;
  readonly #lanes: readonly string[];

  constructor(pool: Queryable, lanes: readonly string[]) {
    this.#pool = pool;
    this.#lanes = lanes;
  }

  async snapshot(board: string, first = 200): Promise<BoardSnapshot> {
    const lines = await snapshot.run(this.#pool, [board, this.#lanes, first]);
    const lanes: Record<string, LaneCards> = {};
    for (const lane of this.#lanes)
      lanes[lane] = laneOf(
        { board, lane, sort: 'recent' },
        lines.filter((line) => line.lane === lane),
      );
    const counts = Object.fromEntries(Object.entries(lanes).map(([lane, { count }]) => [lane, count]));
    return { ...HEAD, lanes, counts, people: {} };
  }

  /** Throws `invalid` for a cursor that is none of ours. */
  async page({ board, lane, sort, cursor, limit }: PageRequest): Promise<BoardPage> {
    const after = cursor === null ? undefined : decodeCursor({ board, lane, sort }, cursor);
    const lines = await pages[sort].run(this.#pool, [board, lane, after?.key ?? null, after?.order ?? null, limit + 1]);
    const shown = lines.slice(0, limit);
    const last = shown.at(-1);
    const next = lines.length > limit && last ? encodeCursor({ board, lane, sort }, `${last.key}|${last.id}`) : null;
    const { counts } = await this.snapshot(board, 1);
    return { ...HEAD, items: shown.map(({ card }) => card), next, counts, people: {} };
  }

  async digest(board: string): Promise<BoardDigest> {
    return { ...HEAD, ...digestOf(this.#lanes, await this.places(board)) };
  }

  async places(board: string): Promise<readonly Place[]> {
    return (await places.run(this.#pool, [board])).map(({ id, ...place }) => ({ order: id, ...place }));
  }

  /** Changes since a time that this gave, or since about now. Asked every few seconds these are few. */
  async changes(board: string, since = Date.now()): Promise<ColdChanges> {
    const lines = await changes.run(this.#pool, [board, new Date(since - OVERLAP_MS)]);
    return {
      since: Math.max(since, lines.at(-1)?.updated_at.getTime() ?? 0),
      changes: lines.map(({ id, version, lane, card }) => ({ order: id, version, lane, card })),
    };
  }

  /** How far behind the log this is, whole seconds. */
  async lagSeconds(): Promise<number> {
    return (await lag.run(this.#pool, [ORDERS_FEED]))[0]?.seconds ?? 0;
  }
}

function laneOf(of: CursorOf, lines: readonly SnapshotLine[]): LaneCards {
  const cards = lines.filter((line) => line.id !== null);
  const count = lines[0]?.count ?? 0;
  const last = cards.at(-1);
  const next = last && count > cards.length ? encodeCursor(of, `${last.recent}|${last.id}`) : null;
  return { items: cards.map(({ card }) => card), count, next };
}
