/**
 * Tells when the feeds stand still: a committed row waits because some session of the cluster, in any database, has held
 * a transaction open since before it. Nothing is lost meanwhile; lists and boards fall behind until that session ends.
 */
import { findStall } from '../log/feed.ts';
import type { Queryable } from '../log/statement.ts';
import { readCursor } from './cursors.ts';
import { follow } from './follow.ts';
import { ORDERS_FEED } from './table.ts';

export interface StallWatchOptions {
  readonly pool: Queryable;
  /** A wait of the newest rows for less than this is the usual course of things, milliseconds. */
  readonly tolerateMs: number;
  readonly everyMs: number;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
}

export function watchStalls(
  { pool, tolerateMs, everyMs, report }: StallWatchOptions,
  signal: AbortSignal,
): Promise<void> {
  const look = async (): Promise<boolean> => {
    const stall = await findStall(pool, await readCursor(pool, ORDERS_FEED));
    if (stall === undefined) return false;
    const { waitingSince, ...culprit } = stall;
    const waitedMs = Date.now() - waitingSince.getTime();
    if (waitedMs > tolerateMs) report('feed_stalled', { waitedMs, ...culprit });
    return false;
  };
  return follow(signal, look, {
    pauseMs: everyMs,
    report: (error) => report('the watch over the feeds stumbled', { error }),
  });
}
