/** Where an order stands for its buyer: the steps behind it, the present one, those ahead. Pure. */
import type { Change } from '../../gateways/contract/change.ts';
import type { Order } from '../../gateways/contract/order.ts';
import { money } from '../text/format.ts';
import { shopText } from '../text/shop.ts';

export interface Stage {
  readonly state: 'done' | 'now' | 'next';
  readonly title: string;
  readonly detail?: string;
  readonly at?: string;
}

const text = shopText.path;

/** Steps after the approval; which event ends up in which. */
const STEPS = [
  { reached: ['submitted'], title: () => text.received },
  {
    reached: ['approved'],
    title: ({ price }: Order) => text.agreed(price === undefined ? '' : money(price.amount, price.currency)),
  },
  { reached: ['manufacturing-started'], title: () => text.production },
  { reached: ['manufacturing-completed'], title: () => text.made },
  { reached: ['shipped'], title: () => text.shipped },
  { reached: ['delivered'], title: () => text.delivered },
] as const;

/** How many steps a status has behind or at it. */
const REACHED: Readonly<Record<string, number>> = {
  MANUFACTURING_APPROVED: 2,
  MANUFACTURING_STARTED: 3,
  MANUFACTURING_COMPLETED: 4,
  PACKAGING: 4,
  SHIPPED: 5,
  DELIVERED: 6,
  CLOSED: 6,
};

export function stagesOf(order: Order, changes: readonly Change[]): Stage[] {
  const reached = REACHED[order.status] ?? 0;
  const running = order.status !== 'DELIVERED' && order.status !== 'CLOSED';
  return STEPS.map(({ reached: types, title }, n) => {
    const at = changes.findLast((change) => types.some((type) => change.types.includes(type)))?.at;
    const state = n + 1 < reached || (n + 1 === reached && !running) ? 'done' : n + 1 === reached ? 'now' : 'next';
    const detail = state === 'now' ? detailOf(order) : undefined;
    return {
      state,
      title: title(order),
      ...(at === undefined || state === 'next' ? {} : { at }),
      ...(detail === undefined ? {} : { detail }),
    };
  });
}

function detailOf({ status, capture }: Order): string | undefined {
  if (status === 'MANUFACTURING_APPROVED') return capture === null ? text.waitsForWorkshop : text.taken;
  if (status === 'MANUFACTURING_STARTED' && capture === null) return text.waitsForWorkshop;
  if (status === 'MANUFACTURING_COMPLETED') return text.toPack;
  if (status === 'PACKAGING') return text.packing;
  return undefined;
}

export const isMade = (status: string): boolean => status in REACHED;
