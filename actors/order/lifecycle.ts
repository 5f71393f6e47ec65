/**
 * The status table: an order's progress, nothing else. Capture, hold and cancellation stand beside it, so the
 * machine stays small.
 */
export const STATUSES = [
  'INITIATED',
  'SUBMITTED',
  'PRICING',
  'PRICE_CALCULATED',
  'PRICE_FAILED',
  'MANUFACTURING_APPROVED',
  'MANUFACTURING_STARTED',
  'MANUFACTURING_COMPLETED',
  'PACKAGING',
  'SHIPPED',
  'DELIVERED',
  'CLOSED',
  'EXPIRED',
  'REJECTED',
  'CANCELLED',
] as const;

export type Status = (typeof STATUSES)[number];

/** Nothing moves an order out of these. */
export const FINAL: readonly Status[] = ['CLOSED', 'EXPIRED', 'REJECTED', 'CANCELLED'];
export const OPEN: readonly Status[] = STATUSES.filter((status) => !FINAL.includes(status));

/** Nobody has begun to make it. */
export const BEFORE_WORK: readonly Status[] = [
  'INITIATED',
  'SUBMITTED',
  'PRICING',
  'PRICE_CALCULATED',
  'PRICE_FAILED',
  'MANUFACTURING_APPROVED',
];
/** Submitted, and has no price yet. */
export const UNPRICED: readonly Status[] = ['SUBMITTED', 'PRICING', 'PRICE_FAILED'];
/** May be held by an operator. */
export const ON_THE_FLOOR: readonly Status[] = ['MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED'];
/** Made, and still in the house. */
export const MADE: readonly Status[] = ['MANUFACTURING_COMPLETED', 'PACKAGING'];
/** Not out of the house yet. */
export const IN_HOUSE: readonly Status[] = [...BEFORE_WORK, 'MANUFACTURING_STARTED', ...MADE];

export const isFinal = (status: Status): boolean => FINAL.includes(status);

export const LANES = ['new', 'in_work', 'made'] as const;
export type Lane = (typeof LANES)[number];

/** `new` = approved and not captured · `in_work` = captured, or started · `made` = completed, packaging. */
export function laneOf(order: { readonly status: Status; readonly capture: unknown }): Lane | null {
  switch (order.status) {
    case 'MANUFACTURING_APPROVED':
      return order.capture ? 'in_work' : 'new';
    case 'MANUFACTURING_STARTED':
      return 'in_work';
    case 'MANUFACTURING_COMPLETED':
    case 'PACKAGING':
      return 'made';
    default:
      return null;
  }
}
