/**
 * Who must act next on an order, since when and why: nothing waits silently. Total over every state; reasons are short
 * stable ids (a failed price carries its own).
 */
import { HOUSE } from '../roles.ts';
import type { OrderState } from './state.ts';

export type WaitingFor =
  | 'buyer'
  | 'partner'
  | 'storage'
  | 'pricing'
  | 'operators'
  | 'holder'
  | 'packer'
  | 'carrier'
  | 'crm'
  | 'nobody';

export interface Waiting {
  readonly for: WaitingFor;
  /** Id of the person, where it is one. */
  readonly who?: string;
  readonly since: string;
  readonly reason: string;
}

type Question = Omit<Waiting, 'since'>;

export const waiting = (order: OrderState): Waiting => ({ ...questionOf(order), since: order.waitingSince });

/** The same without the time: `evolve` notes the time at which the answer changed. */
export function questionOf(order: OrderState): Question {
  const { status, capture } = order;
  if (status === 'CLOSED' || status === 'EXPIRED' || status === 'REJECTED' || status === 'CANCELLED') {
    return { for: 'nobody', reason: status.toLowerCase() };
  }
  if (order.cancellation?.escalated) return { for: 'crm', reason: 'cancel-unanswered' };
  if (order.cancellation) return holderOr(order, 'crm', 'cancel-requested');
  if (order.hold?.role === 'crm') return { for: 'crm', reason: 'on-hold' };
  if (order.hold) return holderOr(order, 'crm', 'on-hold');
  switch (status) {
    case 'INITIATED':
      return { for: customer(order), reason: 'to-submit' };
    case 'SUBMITTED':
      return { for: 'pricing', reason: 'to-price' };
    case 'PRICING':
      return order.awaitsStorage ? { for: 'storage', reason: 'to-read' } : { for: 'pricing', reason: 'in-pricing' };
    case 'PRICE_CALCULATED':
      return { for: customer(order), reason: order.price?.expired ? 'price-expired' : 'to-approve' };
    case 'PRICE_FAILED':
      return { for: 'crm', reason: order.priceFailure ?? 'price-failed' };
    case 'MANUFACTURING_APPROVED':
      return capture ? holderOr(order, 'operators', 'to-start') : { for: 'operators', reason: 'to-capture' };
    case 'MANUFACTURING_STARTED':
      return capture ? holderOr(order, 'operators', 'to-complete') : { for: 'operators', reason: 'to-capture' };
    case 'MANUFACTURING_COMPLETED':
      return { for: 'packer', reason: 'to-pack' };
    case 'PACKAGING':
      return { for: 'packer', reason: 'to-ship' };
    case 'SHIPPED':
      return { for: 'carrier', reason: 'to-deliver' };
    case 'DELIVERED':
      return { for: 'nobody', reason: 'to-close' };
  }
}

const customer = (order: OrderState): WaitingFor => (order.tenant === HOUSE ? 'buyer' : 'partner');

const holderOr = ({ capture }: OrderState, otherwise: WaitingFor, reason: string): Question =>
  capture ? { for: 'holder', who: capture.operator, reason } : { for: otherwise, reason };

export const sameQuestion = (a: Question, b: Question): boolean =>
  a.for === b.for && a.who === b.who && a.reason === b.reason;
