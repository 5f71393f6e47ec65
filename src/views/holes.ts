/** Rows of the log whose predecessor is missing: their actors go into quarantine. */

import type { FeedMark } from '../log/feed.ts';
import { type Queryable, statement } from '../log/statement.ts';

const holes = statement<{ kind: string; actor: string; version: number }>(import.meta.url, 'sql/holes');

export interface Hole {
  readonly kind: string;
  readonly actor: string;
  /** The version that stands in the log without the one before. */
  readonly version: number;
}

/** Rows in the order of the feed. Asks the log only about those whose predecessor is not among them. */
export async function findHoles(on: Queryable, rows: readonly FeedMark[]): Promise<readonly Hole[]> {
  const last = new Map<string, number>();
  const open: FeedMark[] = [];
  for (const row of rows) {
    const key = `${row.kind}:${row.actor}`;
    if (row.version > 1 && last.get(key) !== row.version - 1) open.push(row);
    last.set(key, row.version);
  }
  if (open.length === 0) return [];
  return holes.run(on, [open.map((r) => r.kind), open.map((r) => r.actor), open.map((r) => r.version)]);
}
