/** From the packing table to the customer. What is said a second time is accepted and changes nothing. */
import { type Decision, refuse } from '../../../src/runtime/actor.ts';
import type { OrderEvent } from '../events.ts';
import type { Status } from '../lifecycle.ts';
import type { OrderState } from '../state.ts';
import { endOf, timer } from '../times.ts';
import { AS_IT_IS, type Decide, onHold, wrongStatus } from './guards.ts';

const DELIVERED: readonly Status[] = ['DELIVERED', 'CLOSED'];
const SHIPPED: readonly Status[] = ['SHIPPED', ...DELIVERED];
const PACKED: readonly Status[] = ['PACKAGING', ...SHIPPED];

export const pack: Decide<'pack'> = (order) =>
  PACKED.includes(order.status)
    ? AS_IT_IS
    : (wrongStatus(order, ['MANUFACTURING_COMPLETED']) ?? onHold(order) ?? { events: [{ type: 'packed' }] });

/**
 * Can't be taken back: waits for the answer to a request to cancel, as long as there is time to answer. After that the
 * parcel is the answer.
 */
export const ship: Decide<'ship'> = (order, { carrier, tracking }, { at, now, issuer }) => {
  const { shipment, cancellation } = order;
  const same = shipment?.carrier === carrier && shipment.tracking === tracking;
  if (same && SHIPPED.includes(order.status)) return AS_IT_IS;
  const refusal = wrongStatus(order, ['PACKAGING']) ?? onHold(order);
  if (refusal) return refusal;
  const shipped = { type: 'shipped', carrier, tracking, at } as const;
  if (cancellation === undefined) return { events: [shipped] };
  if (isOpen(cancellation, now)) return refuse('cancel_pending');
  return { events: [{ type: 'cancel-refused', by: issuer.id, reason: 'shipped' }, shipped] };
};

const isOpen = ({ escalated, deadline }: NonNullable<OrderState['cancellation']>, now: number): boolean =>
  !escalated && now <= Date.parse(deadline);

/** A fact, on hold or not. */
export const delivered: Decide<'delivered'> = (order, _, context): Decision<OrderEvent> =>
  DELIVERED.includes(order.status)
    ? AS_IT_IS
    : (wrongStatus(order, ['SHIPPED']) ?? {
        events: [{ type: 'delivered' }],
        jobs: [timer(context, 'close', order.version + 1, endOf('closeMs', context))],
      });

export const close: Decide<'close'> = (order) =>
  order.status === 'CLOSED'
    ? AS_IT_IS
    : (wrongStatus(order, ['DELIVERED']) ?? onHold(order) ?? { events: [{ type: 'closed' }] });
