/** The holder's work. A former holder is told `stale_epoch`; a question about a cancellation does not stop the work. */
import { refuse } from '../../../src/runtime/actor.ts';
import { MADE } from '../lifecycle.ts';
import { type Decide, notHolder, onHold, slotOf, staleEpoch, wrongStatus } from './guards.ts';

export const start: Decide<'start'> = (order, { epoch }, { issuer }) =>
  wrongStatus(order, ['MANUFACTURING_APPROVED']) ??
  staleEpoch(order, epoch) ??
  notHolder(order, issuer) ??
  onHold(order) ?? { events: [{ type: 'manufacturing-started', operator: issuer.id }] };

/** Made: neither holder nor slot are needed any more. */
export const complete: Decide<'complete'> = (order, { epoch }, { issuer }) => {
  const refusal =
    wrongStatus(order, ['MANUFACTURING_STARTED']) ??
    staleEpoch(order, epoch) ??
    notHolder(order, issuer) ??
    onHold(order);
  if (refusal) return refusal;
  if (!order.capture) return refuse('not_holder');
  return {
    events: [{ type: 'manufacturing-completed', operator: order.capture.operator }],
    frees: [slotOf(order.capture)],
  };
};

const MOST_URGENT = 3;

/** What is made again has lost time. A hold stands in the way of neither judging nor going back. */
export const rework: Decide<'rework'> = (order, { reason }) =>
  wrongStatus(order, MADE) ?? {
    events: [{ type: 'reworked', reason, priority: Math.min(MOST_URGENT, order.priority + 1) }],
  };
