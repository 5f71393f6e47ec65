import { refuse } from '../../../src/runtime/actor.ts';
import type { Status } from '../lifecycle.ts';
import { type Decide, wrongStatus } from './guards.ts';

const BEFORE_WORK: readonly Status[] = [
  'INITIATED',
  'SUBMITTED',
  'PRICING',
  'PRICE_CALCULATED',
  'PRICE_FAILED',
  'MANUFACTURING_APPROVED',
];
const IN_WORK: readonly Status[] = ['MANUFACTURING_STARTED', 'MANUFACTURING_COMPLETED', 'PACKAGING'];

/** Half an hour, where nothing else is said. */
const CANCEL_MS = 1_800_000;

/** What nobody has taken yet is cancelled at once; else holder and CRM are asked, up to the deadline. */
export const requestCancel: Decide<'request-cancel'> = (order, { reason }, { issuer, now, at, facts }) => {
  const refusal = wrongStatus(order, [...BEFORE_WORK, ...IN_WORK]);
  if (refusal) return refusal;
  if (order.cancellation) return refuse('cancel_pending');
  if (!order.capture && BEFORE_WORK.includes(order.status)) {
    return { events: [{ type: 'cancelled', by: issuer.id, reason }] };
  }
  const deadline = new Date(now + (facts.times?.cancelMs ?? CANCEL_MS)).toISOString();
  return { events: [{ type: 'cancel-requested', by: issuer.id, reason, at, deadline }] };
};
