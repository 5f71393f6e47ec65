/**
 * Makes the flow figures anew from the whole log while they are served and their feed goes on: another generation is
 * filled up to where the kept one stands, then kept instead of it.
 *
 * W1 The new generation never reads further than the kept one, so where they meet both have read the same rows and are
 *    compared; from then on the feed goes on with the new one, from its own cursor: no row is left out or counted twice.
 * W2 Whatever a killed rebuild left is taken away by the next one; two at a time are not let in (rebuild-lock.ts).
 */
import { AndonError } from '../errors.ts';
import { readFeed } from '../log/feed.ts';
import { compareCursors } from './feed-cursor.ts';
import type { FeedSource } from './feed-tail.ts';
import { type FlowOptions, readOn } from './flow-feed.ts';
import { addStays, beginGeneration, endGeneration, keepInstead, keptFlow } from './flow-store.ts';

export interface RebuiltFlow {
  /** Rows of the log that were read. */
  readonly rows: number;
  /** Buckets (of a site, a day and a step) that were not as the log says. */
  readonly different: number;
}

/** `progress` is told how many rows of the log were read. Throws `rebuild_lost` when another rebuild took over. */
export async function rebuildFlow(options: FlowOptions & { progress?(rows: number): void }): Promise<RebuiltFlow> {
  const { pool, progress = () => undefined } = options;
  const source: FeedSource = { read: (cursor, limit) => readFeed(pool, cursor, limit) };
  const old = (await keptFlow(pool)).generation;
  let fresh = await beginGeneration(pool, old + 1);
  for (let rows = 0; ; ) {
    const kept = await keptFlow(pool);
    if (kept.generation !== old) throw lost();
    if (compareCursors(fresh.cursor, kept.cursor) < 0) {
      const { read, cursor = kept.cursor, moved } = await readOn(options, source, fresh, kept.cursor);
      // The row at which the kept one stands may be gone with another log: then nothing is left up to there.
      if (!moved && !(read === 0 && (await addStays(pool, [], fresh, kept.cursor)))) throw lost();
      fresh = { ...fresh, cursor };
      rows += read;
      progress(rows);
      continue;
    }
    const different = await keepInstead(pool, old, fresh.generation);
    if (different === undefined) continue; // the kept one has read on at this very moment
    await endGeneration(pool, old);
    return { rows, different };
  }
}

const lost = (): AndonError =>
  new AndonError('rebuild_lost', 'another rebuild of the flow figures took over', { retry: 'later' });
