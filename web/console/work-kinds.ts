/** Why an order waits for sales: what is asked first counts. Pure. */
import type { Order } from '../../gateways/contract/order.ts';

export const KINDS = ['price', 'cancel', 'hold', 'other'] as const;
export type Kind = (typeof KINDS)[number];

export function kindOf({ status, hold, cancellation }: Pick<Order, 'status' | 'hold' | 'cancellation'>): Kind {
  if (cancellation !== undefined) return 'cancel';
  if (hold !== undefined) return 'hold';
  return status === 'PRICE_FAILED' ? 'price' : 'other';
}

export function countKinds(orders: readonly Pick<Order, 'status' | 'hold' | 'cancellation'>[]): Record<Kind, number> {
  const counts = { price: 0, cancel: 0, hold: 0, other: 0 };
  for (const order of orders) counts[kindOf(order)] += 1;
  return counts;
}
