/**
 * What becomes of rows that did not simply win: decided here, carried out by the batcher.
 *
 * A statement that failed is sent again or taken apart, so that a bad row harms nobody. A row that was not taken is
 * answered, unless an older attempt of it may still commit: then only *mine* may be said.
 */
import { conclude } from './conclude.ts';
import type { LookUpLine } from './pipeline.ts';
import type { Waiting } from './row-queue.ts';
import type { Appended } from './rows.ts';
import type { Verdict } from './verdict.ts';

/** A statement that met another writer is sent again this often before its rows go singly. */
const CONFLICTS = 3;
/** A row is tried again at once this often, then after pauses. */
const AT_ONCE = 8;

/** The rows of one statement, and how often it ended in a conflict, or in doubt. */
export interface Batch {
  readonly rows: readonly Waiting[];
  readonly conflicts: number;
  readonly doubts: number;
}

export const freshBatch = (rows: readonly Waiting[]): Batch => ({ rows, conflicts: 0, doubts: 0 });

export type Fate =
  | { readonly fate: 'answer'; readonly waiting: Waiting; readonly appended: Appended }
  | { readonly fate: 'refuse'; readonly waiting: Waiting }
  /** Before anything new. */
  | { readonly fate: 'again'; readonly batch: Batch }
  /** After a pause. */
  | { readonly fate: 'later'; readonly waiting: Waiting }
  /** After the old sessions are ended. */
  | { readonly fate: 'when-sure'; readonly waiting: Waiting };

/** Of a statement that failed. In doubt for the second time it is taken apart: one row may be what breaks the connection. */
export function fatesOfFailed(batch: Batch, verdict: Verdict): readonly Fate[] {
  const [first] = batch.rows;
  const single = batch.rows.length === 1 ? first : undefined;
  const apart = (of: Batch): Fate[] =>
    of.rows.map((waiting) => ({ fate: 'again', batch: { ...of, rows: [waiting] } }) as const);
  switch (verdict) {
    case 'unknown': {
      const next = { ...batch, doubts: batch.doubts + 1 };
      if (batch.doubts === 0) return [{ fate: 'again', batch: next }];
      return single !== undefined && batch.doubts > 1 ? [{ fate: 'later', waiting: single }] : apart(next);
    }
    case 'conflict':
      if (batch.conflicts < CONFLICTS) return [{ fate: 'again', batch: { ...batch, conflicts: batch.conflicts + 1 } }];
      return single === undefined ? apart(batch) : [{ fate: 'later', waiting: single }];
    case 'lock':
      return single === undefined ? apart(batch) : [{ fate: 'later', waiting: single }];
    case 'data':
      return single === undefined ? apart(batch) : [{ fate: 'refuse', waiting: single }];
  }
}

/** Of rows that were not taken. `sure`: when they were sent, no older attempt could commit any more. */
export function fatesOfOpen(rows: readonly Waiting[], found: readonly LookUpLine[], sure: boolean): readonly Fate[] {
  const fates: Fate[] = [];
  const again: Waiting[] = [];
  for (const [i, waiting] of rows.entries()) {
    const line = found[i];
    const appended = line === undefined ? 'again' : conclude(waiting, line);
    if (appended === 'again') {
      if (++waiting.tries < AT_ONCE) again.push(waiting);
      else fates.push({ fate: 'later', waiting });
    } else if (appended.result !== 'mine' && waiting.doubted && !sure) fates.push({ fate: 'when-sure', waiting });
    else fates.push({ fate: 'answer', waiting, appended });
  }
  return again.length === 0 ? fates : [...fates, { fate: 'again', batch: freshBatch(again) }];
}
