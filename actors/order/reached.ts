/** Which status an order has after the events of a row, without its state: what `evolve` says, of the status alone. */
import type { OrderEvent } from './events.ts';
import type { Status } from './lifecycle.ts';

type Reach = Status | 'as before' | 'to be priced anew';

const REACHES: Readonly<Record<OrderEvent['type'], Reach>> = {
  created: 'INITIATED',
  'model-attached': 'to be priced anew',
  'settings-changed': 'to be priced anew',
  submitted: 'SUBMITTED',
  'pricing-started': 'PRICING',
  priced: 'PRICE_CALCULATED',
  'pricing-failed': 'PRICE_FAILED',
  'price-set': 'PRICE_CALCULATED',
  'price-expired': 'as before',
  approved: 'MANUFACTURING_APPROVED',
  captured: 'as before',
  released: 'as before',
  'hand-over-offered': 'as before',
  'hand-over-declined': 'as before',
  'hand-over-lapsed': 'as before',
  'handed-over': 'as before',
  'manufacturing-started': 'MANUFACTURING_STARTED',
  'manufacturing-completed': 'MANUFACTURING_COMPLETED',
  reworked: 'MANUFACTURING_APPROVED',
  packed: 'PACKAGING',
  shipped: 'SHIPPED',
  delivered: 'DELIVERED',
  closed: 'CLOSED',
  expired: 'EXPIRED',
  rejected: 'REJECTED',
  cancelled: 'CANCELLED',
  held: 'as before',
  resumed: 'as before',
  'priority-set': 'as before',
  moved: 'to be priced anew',
  'cancel-requested': 'as before',
  'cancel-escalated': 'as before',
  'cancel-refused': 'as before',
};

/** Before its submission an order is not priced anew; nor where it moves to another site with its price. */
export function statusAfter(before: Status, events: readonly OrderEvent[]): Status {
  return events.reduce<Status>((status, event) => {
    const reach = REACHES[event.type];
    if (reach === 'as before' || (event.type === 'moved' && event.revision === undefined)) return status;
    if (reach !== 'to be priced anew') return reach;
    return status === 'INITIATED' ? status : 'SUBMITTED';
  }, before);
}
