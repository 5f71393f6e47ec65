/** Stopping an order, whatever its status, and letting it go on. */
import { OPEN } from '../lifecycle.ts';
import type { OrderState } from '../state.ts';
import { endOf, timer } from '../times.ts';
import { type Decide, notHolder, nothing, type OrderContext, onHold, wrongStatus } from './guards.ts';

export const hold: Decide<'hold'> = (order, { reason, note }, { issuer, at, id }) =>
  wrongStatus(order, OPEN) ??
  notHolder(order, issuer, 'supervisor', 'crm') ??
  onHold(order) ?? {
    events: [
      {
        type: 'held',
        reason,
        by: issuer.id,
        role: issuer.role,
        since: at,
        ...(note === undefined ? {} : { note: id('note') }),
      },
    ],
  };

export const resume: Decide<'resume'> = (order, _, context) => {
  const refusal = wrongStatus(order, OPEN) ?? notHolder(order, context.issuer, 'supervisor', 'crm');
  if (refusal) return refusal;
  if (order.hold === undefined) return nothing('hold');
  const heldMs = Math.max(0, context.now - Date.parse(order.hold.since));
  return { events: [{ type: 'resumed', heldMs }], jobs: timersAnew(order, context) };
};

/** Timers that a hold makes void run again from the start. */
function timersAnew(order: OrderState, context: OrderContext) {
  const version = order.version + 1;
  if (order.status === 'INITIATED') return [timer(context, 'expire', version, endOf('expireMs', context))];
  if (order.status === 'DELIVERED') return [timer(context, 'close', version, endOf('closeMs', context))];
  return [];
}
