/** Cancelling: at once what nobody has taken, else as a question to holder and CRM. The work goes on meanwhile. */
import { type Refusal, refuse } from '../../../src/runtime/actor.ts';
import { BEFORE_WORK, MADE, ON_THE_FLOOR, type Status } from '../lifecycle.ts';
import type { OrderState } from '../state.ts';
import { endOf, timer } from '../times.ts';
import { type Decide, notHolder, nothing, type OrderContext, slotsOf, wrongStatus } from './guards.ts';

/** Where the question may be open. */
const ASKABLE: readonly Status[] = [...ON_THE_FLOOR, ...MADE];

export const requestCancel: Decide<'request-cancel'> = (order, { reason }, context) => {
  const refusal = wrongStatus(order, [...new Set([...BEFORE_WORK, ...ASKABLE])]);
  if (refusal) return refusal;
  const { issuer, at } = context;
  if (!order.capture && BEFORE_WORK.includes(order.status)) {
    return { events: [{ type: 'cancelled', by: issuer.id, reason }] };
  }
  if (order.cancellation) return refuse('cancel_pending');
  const version = order.version + 1;
  const deadline = endOf('cancelMs', context);
  return {
    events: [{ type: 'cancel-requested', by: issuer.id, role: issuer.role, reason, at, deadline, version }],
    jobs: [timer(context, 'cancellation', version, deadline)],
  };
};

export const acceptCancel: Decide<'accept-cancel'> = (order, _, context) => {
  const { cancellation } = order;
  const refusal = unanswerable(order, context);
  if (refusal) return refusal;
  if (cancellation === undefined) return nothing('cancellation');
  return {
    events: [{ type: 'cancelled', by: context.issuer.id, reason: cancellation.reason }],
    frees: slotsOf(order),
  };
};

export const refuseCancel: Decide<'refuse-cancel'> = (order, { reason }, context) =>
  unanswerable(order, context) ?? { events: [{ type: 'cancel-refused', by: context.issuer.id, reason }] };

const unanswerable = (order: OrderState, { issuer }: OrderContext): Refusal | undefined =>
  wrongStatus(order, ASKABLE) ??
  notHolder(order, issuer, 'crm') ??
  (order.cancellation === undefined ? nothing('cancellation') : undefined);
