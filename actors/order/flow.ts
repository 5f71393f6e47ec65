/**
 * How orders flow through the house: which stays a row of the log ends, and how long they lasted. Pure and total; all
 * stays of an order together are its life without what still goes on.
 *
 * A stay counts where the order stood when it ended. Time on hold counts apart, under ON_HOLD; on the way from submission
 * to making it counts, because whoever waits for the order waits for that as well.
 */
import type { OrderEvent } from './events.ts';
import { isFinal, type Status } from './lifecycle.ts';
import { statusAfter } from './reached.ts';
import { heldIn, msBetween } from './time-held.ts';
import { wasOf } from './was.ts';

export const ON_HOLD = 'ON_HOLD';
/** From SUBMITTED, the first time, to MANUFACTURING_STARTED. Made again (rework), an order is not on it again. */
export const WAY = 'SUBMITTED_TO_STARTED';

export type FlowStep = Status | typeof ON_HOLD | typeof WAY;

export interface Stay {
  readonly site: string;
  readonly step: FlowStep;
  readonly ms: number;
}

/** What of a row is looked at: what happened and what was before. The state after it need not be read. */
export interface FlowRow {
  readonly at: string;
  readonly events: readonly OrderEvent[];
  readonly was: unknown;
}

export function stays(row: FlowRow): Stay[] {
  const { at, events } = row;
  const was = wasOf(row);
  if (was === null) return [];
  const { site, status, statusSince, holdSince, heldMs = 0, submittedAt } = was;
  const after = statusAfter(status, events);
  const ended: Stay[] = [];
  if (status !== after) {
    const onHold = heldMs + (holdSince === undefined ? 0 : heldIn(was, holdSince, at));
    ended.push({ site, step: status, ms: Math.max(0, msBetween(statusSince, at) - onHold) });
  }
  if (holdSince !== undefined && (isFinal(after) || events.some(({ type }) => type === 'resumed')))
    ended.push({ site, step: ON_HOLD, ms: msBetween(holdSince, at) });
  if (submittedAt !== undefined && status !== after && after === 'MANUFACTURING_STARTED')
    ended.push({ site, step: WAY, ms: msBetween(submittedAt, at) });
  return ended;
}
