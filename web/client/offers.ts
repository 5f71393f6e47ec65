/**
 * Which commands an order would take now, told from what a page sees of it; and which of them a role sends. Pure. Only
 * for what is offered: the order decides, and the tests hold this table against its decisions.
 */
import type { Order, Status } from '../../gateways/contract/order.ts';

/** What a page needs to know of an order to offer something. */
export type Face = Pick<Order, 'status' | 'capture' | 'hold' | 'cancellation' | 'price' | 'waiting'>;

const IN_PRICING: readonly Status[] = ['SUBMITTED', 'PRICING', 'PRICE_FAILED'];
const BEFORE_WORK: readonly Status[] = ['INITIATED', ...IN_PRICING, 'PRICE_CALCULATED', 'MANUFACTURING_APPROVED'];
/** Work has begun, and it is not out of the house. */
const BEGUN: readonly Status[] = ['MANUFACTURING_STARTED', 'MANUFACTURING_COMPLETED', 'PACKAGING'];
const FINAL: readonly Status[] = ['CLOSED', 'EXPIRED', 'REJECTED', 'CANCELLED'];

export const isFinal = (status: Status): boolean => FINAL.includes(status);

/** By its own word or, when that is late, by the clock (milliseconds since 1970, the server's). */
export const hasExpired = ({ price, waiting }: Face, now: number): boolean =>
  price !== undefined && (waiting.reason === 'price-expired' || Date.parse(price.validUntil) < now);

/** Nobody has it in hand: what is asked for happens at once. */
export const isFree = ({ status, capture }: Face): boolean => BEFORE_WORK.includes(status) && capture === null;

const mayChange = (order: Face): boolean => isFree(order) && order.cancellation === undefined;
const isPriced = ({ status, hold }: Face): boolean => status === 'PRICE_CALCULATED' && hold === undefined;

const TAKES = {
  submit: ({ status, hold }) => status === 'INITIATED' && hold === undefined,
  approve: (order, now) => isPriced(order) && !hasExpired(order, now),
  requote: (order, now) => isPriced(order) && hasExpired(order, now),
  'change-settings': mayChange,
  'attach-model': mayChange,
  'request-cancel': (order) =>
    isFree(order) || ([...BEGUN, 'MANUFACTURING_APPROVED'].includes(order.status) && order.cancellation === undefined),
  'set-price': ({ status }) => status === 'PRICE_FAILED' || status === 'PRICE_CALCULATED',
  reject: (order) => isFree(order) && order.status !== 'INITIATED',
  hold: ({ status, hold }) => !isFinal(status) && hold === undefined,
  resume: ({ status, hold }) => !isFinal(status) && hold !== undefined,
  'accept-cancel': ({ cancellation }) => cancellation !== undefined,
  'refuse-cancel': ({ cancellation }) => cancellation !== undefined,
  delivered: ({ status }) => status === 'SHIPPED',
  close: ({ status, hold }) => status === 'DELIVERED' && hold === undefined,
} as const satisfies Readonly<Record<string, (order: Face, now: number) => boolean>>;

export type OfferedCommand = keyof typeof TAKES;
export const OFFERED = Object.keys(TAKES) as readonly OfferedCommand[];

/** In the order in which a page shows them. */
const SENT_BY: Readonly<Record<string, readonly OfferedCommand[]>> = {
  buyer: ['submit', 'approve', 'requote', 'change-settings', 'attach-model', 'request-cancel'],
  // Not 'attach-model': it would name a model of the customer's, and no page lists those.
  crm: [
    'refuse-cancel',
    'accept-cancel',
    'resume',
    'set-price',
    'approve',
    'requote',
    'delivered',
    'close',
    'change-settings',
    'hold',
    'request-cancel',
    'reject',
  ],
  carrier: ['delivered'],
};

/** `now`: milliseconds since 1970 by the server's clock. */
export const offersTo = (roles: readonly string[], order: Face, now: number): OfferedCommand[] => {
  const sent = [...new Set(roles.flatMap((role) => SENT_BY[role] ?? []))];
  return sent.filter((command) => TAKES[command](order, now));
};

/** All that these roles ever send. */
export const sentBy = (role: string): readonly OfferedCommand[] => SENT_BY[role] ?? [];
