/** The day an order should be ready by, and what it was before. Pure. */
import type { Change } from '../../gateways/contract/change.ts';

export interface DueChange {
  readonly was: string;
  /** When it changed. */
  readonly at: string;
}

/** The last time that the present date took the place of another one; what came with a new approval is no change of plan. */
export function lastDueChange(
  changes: readonly Pick<Change, 'due' | 'at' | 'types'>[],
  due: string,
): DueChange | undefined {
  const now = changes.findIndex(
    (change, n) => change.due === due && changes.slice(n).every((later) => later.due === due),
  );
  const [before, change] = [changes[now - 1], changes[now]];
  if (before?.due === undefined || change === undefined || change.types.includes('approved')) return undefined;
  return { was: before.due, at: change.at };
}

const DAY_MS = 86_400_000;
/** More than these would not be told apart on a telephone. */
const MOST_DAYS = 14;

export interface Axis {
  /** Days from today until it should be ready, each by its first moment in the reader's time. */
  readonly days: readonly number[];
  /** 0 … 1 of the way from the first of them to the last. */
  readonly now: number;
  readonly due: number;
}

/** undefined = it is too far away, or over. */
export function axisOf(now: number, due: number): Axis | undefined {
  const first = dayOf(now);
  const count = Math.round((dayOf(due) - first) / DAY_MS) + 2;
  if (due <= now || count > MOST_DAYS) return undefined;
  const days = Array.from({ length: count }, (_, n) => dayOf(first + n * DAY_MS + DAY_MS / 8));
  const span = (days.at(-1) ?? 0) - first;
  return { days, now: (now - first) / span, due: (due - first) / span };
}

const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);
