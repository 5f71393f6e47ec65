/**
 * How events change an order. Total: what was recorded has happened. Every step notes when the status was reached and
 * since when the order waits for whom it waits.
 */
import type { OrderEvent } from './events.ts';
import { laneOf } from './lifecycle.ts';
import type { OrderState } from './state.ts';
import { questionOf, sameQuestion } from './waiting.ts';

interface Meta {
  readonly actor: string;
  readonly at: string;
}

export function evolve(order: OrderState | undefined, event: OrderEvent, meta: Meta): OrderState {
  if (event.type === 'created') return created(event, meta);
  if (order === undefined) throw new Error(`${event.type} of order ${meta.actor}, which was never created`);
  return noted(order, step(order, event, meta.at), meta.at);
}

function created(event: Extract<OrderEvent, { type: 'created' }>, { actor, at }: Meta): OrderState {
  return {
    id: actor,
    number: event.number,
    ...(event.reference === undefined ? {} : { reference: event.reference }),
    site: event.site,
    tenant: event.tenant,
    owner: event.owner,
    status: 'INITIATED',
    statusSince: at,
    revision: 1,
    priority: 0,
    settings: event.settings,
    model: event.model,
    priceVersion: 0,
    capture: null,
    epoch: 0,
    waitingSince: at,
    boarded: false,
    createdAt: at,
    updatedAt: at,
  };
}

function step(order: OrderState, event: Exclude<OrderEvent, { type: 'created' }>, at: string): OrderState {
  switch (event.type) {
    case 'submitted':
      return { ...order, status: 'SUBMITTED' };
    case 'pricing-started':
      return { ...order, status: 'PRICING' };
    case 'priced': {
      const { priceFailure: _, ...rest } = order;
      return {
        ...rest,
        status: 'PRICE_CALCULATED',
        model: { ...order.model, facts: event.facts },
        price: event.price,
        priceVersion: event.price.version,
      };
    }
    case 'pricing-failed': {
      const { price: _, ...rest } = order;
      return {
        ...rest,
        status: 'PRICE_FAILED',
        model: event.facts === undefined ? order.model : { ...order.model, facts: event.facts },
        priceFailure: event.reason,
      };
    }
    case 'approved':
      return { ...order, status: 'MANUFACTURING_APPROVED', due: event.due };
    case 'captured':
      return { ...order, capture: { operator: event.operator, since: at, slot: event.slot }, epoch: order.epoch + 1 };
    case 'released':
      return { ...order, capture: null, epoch: order.epoch + 1 };
    case 'manufacturing-started':
      return { ...order, status: 'MANUFACTURING_STARTED' };
    case 'manufacturing-completed':
      return { ...order, status: 'MANUFACTURING_COMPLETED', capture: null };
    case 'cancel-requested': {
      const { type: _, ...cancellation } = event;
      return { ...order, cancellation };
    }
    case 'cancelled': {
      const { cancellation: _, ...rest } = order;
      return { ...rest, status: 'CANCELLED', capture: null };
    }
  }
}

function noted(before: OrderState, after: OrderState, at: string): OrderState {
  const reached = before.status !== after.status;
  return {
    ...after,
    statusSince: reached ? at : before.statusSince,
    waitingSince: sameQuestion(questionOf(before), questionOf(after)) ? before.waitingSince : at,
    boarded: before.boarded || laneOf(after) !== null,
    updatedAt: at,
  };
}
