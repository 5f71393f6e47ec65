/** Deadlines that have passed. What is not true any more is refused: its timer is obsolete. */
import type { Refusal } from '../../../src/runtime/actor.ts';
import type { OrderCommandNamed } from '../commands.ts';
import type { OrderEvent } from '../events.ts';
import type { OrderState } from '../state.ts';
import { type Decide, nothing, onHold, wrongStatus } from './guards.ts';

export const expire: Decide<'expire'> = (order, { job, version }) =>
  wrongStatus(order, ['INITIATED']) ?? stopped(order, version) ?? { events: [{ type: 'expired' }], done: [job] };

/** A hold stops these clocks: they run anew when the order is resumed, and what was started before counts no more. */
const stopped = (order: OrderState, version: number): Refusal | undefined =>
  onHold(order) ?? (order.clock === undefined || order.clock === version ? undefined : nothing('clock'));

export const deadlinePassed: Decide<'deadline-passed'> = (order, command) => {
  const said = passed(order, command);
  return 'refused' in said ? said : { events: [said], done: [command.job] };
};

function passed(order: OrderState, { name, version }: OrderCommandNamed<'deadline-passed'>): OrderEvent | Refusal {
  const { price, cancellation, handOver } = order;
  switch (name) {
    case 'price':
      if (order.status !== 'PRICE_CALCULATED' || price?.version !== version || price.expired) return nothing(name);
      return { type: 'price-expired', priceVersion: version };
    case 'cancellation':
      if (cancellation?.version !== version || cancellation.escalated) return nothing(name);
      return { type: 'cancel-escalated' };
    case 'hand-over':
      return handOver?.version === version ? { type: 'hand-over-lapsed', to: handOver.to } : nothing(name);
    case 'close':
      return wrongStatus(order, ['DELIVERED']) ?? stopped(order, version) ?? { type: 'closed' };
  }
}
