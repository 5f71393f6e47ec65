/** For whom an order waited, and why, from its rows in order of version. */

import type { OrderState } from './state.ts';
import { msBetween } from './time-held.ts';
import { questionOf, sameQuestion, type Waiting } from './waiting.ts';

export interface Waited extends Omit<Waiting, 'since'> {
  readonly ms: number;
}

interface Row {
  readonly at: string;
  readonly after: OrderState;
}

/** What came to an end with a row: undefined where the order goes on waiting as before. */
export function waitedUntil(before: OrderState | undefined, { at, after }: Row): Waited | undefined {
  if (before === undefined) return undefined;
  const question = questionOf(before);
  return sameQuestion(question, questionOf(after))
    ? undefined
    : { ...question, ms: msBetween(before.waitingSince, at) };
}

/** From each row to the next, and from the last until `now` (milliseconds since 1970), summed up by whom and why. */
export function waitedInAll(rows: readonly Row[], now: number): Omit<Waited, 'who'>[] {
  const sums = new Map<string, Omit<Waited, 'who'>>();
  for (const [n, { at, after }] of rows.entries()) {
    const { for: whom, reason } = questionOf(after);
    const next = rows[n + 1];
    const ms = Math.max(0, (next === undefined ? now : Date.parse(next.at)) - Date.parse(at));
    const key = `${whom} ${reason}`;
    sums.set(key, { for: whom, reason, ms: ms + (sums.get(key)?.ms ?? 0) });
  }
  return [...sums.values()];
}
