/**
 * How events change an order. Total: what was recorded has happened. Every step notes when the status was reached and
 * since when the order waits for whom it waits.
 */
import type { OrderEvent } from './events.ts';
import { laneOf, type Status } from './lifecycle.ts';
import type { OrderState } from './state.ts';
import { heldIn } from './time-held.ts';
import { questionOf, sameQuestion } from './waiting.ts';

interface Meta {
  readonly actor: string;
  readonly version: number;
  readonly at: string;
}

export function evolve(order: OrderState | undefined, event: OrderEvent, meta: Meta): OrderState {
  if (event.type === 'created') return created(event, meta);
  if (order === undefined) throw new Error(`${event.type} of order ${meta.actor}, which was never created`);
  return noted(order, step(order, event, meta), meta);
}

function created(event: Extract<OrderEvent, { type: 'created' }>, { actor, version, at }: Meta): OrderState {
  return {
    id: actor,
    version,
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

function step(order: OrderState, event: Exclude<OrderEvent, { type: 'created' }>, { at, version }: Meta): OrderState {
  switch (event.type) {
    case 'model-attached':
      return { ...revised(order, event.revision), model: event.model };
    case 'settings-changed':
      return { ...revised(order, event.revision), settings: event.settings };
    case 'submitted':
      return { ...unpriced(order), status: 'SUBMITTED' };
    case 'pricing-started':
      return { ...unpriced(order), status: 'PRICING', ...(event.storage ? { awaitsStorage: true } : {}) };
    case 'priced':
      return { ...priced(order, event.price), model: { ...order.model, facts: event.facts } };
    case 'pricing-failed':
      return {
        ...unpriced(order),
        status: 'PRICE_FAILED',
        model: event.facts === undefined ? order.model : { ...order.model, facts: event.facts },
        priceFailure: event.reason,
      };
    case 'price-set':
      return priced(order, event.price);
    case 'price-expired':
      return order.price === undefined ? order : { ...order, price: { ...order.price, expired: true } };
    case 'approved':
      return { ...order, status: 'MANUFACTURING_APPROVED', due: event.due };
    case 'captured':
      return taken(order, event, at);
    case 'handed-over':
      return taken(order, event, at);
    case 'released':
      return { ...free(order), epoch: order.epoch + 1 };
    case 'hand-over-offered': {
      const { type: _, ...handOver } = event;
      return { ...order, handOver };
    }
    case 'hand-over-declined':
    case 'hand-over-lapsed': {
      const { handOver: _, ...rest } = order;
      return rest;
    }
    case 'manufacturing-started':
      return { ...order, status: 'MANUFACTURING_STARTED' };
    case 'manufacturing-completed':
      return { ...free(order), status: 'MANUFACTURING_COMPLETED' };
    case 'reworked':
      return { ...order, status: 'MANUFACTURING_APPROVED', priority: event.priority, epoch: order.epoch + 1 };
    case 'packed':
      return { ...order, status: 'PACKAGING' };
    case 'shipped': {
      const { type: _, ...shipment } = event;
      return { ...order, status: 'SHIPPED', shipment };
    }
    case 'delivered':
      return { ...order, status: 'DELIVERED', clock: version };
    case 'held': {
      const { type: _, ...hold } = event;
      return { ...order, hold };
    }
    case 'resumed': {
      const { hold: _, ...rest } = order;
      return { ...rest, clock: version };
    }
    case 'priority-set':
      return { ...order, priority: event.priority };
    case 'moved':
      return { ...(event.revision === undefined ? order : revised(order, event.revision)), site: event.site };
    case 'cancel-requested': {
      const { type: _, ...cancellation } = event;
      return { ...order, cancellation };
    }
    case 'cancel-escalated':
      return order.cancellation ? { ...order, cancellation: { ...order.cancellation, escalated: true } } : order;
    case 'cancel-refused': {
      const { cancellation: _, ...rest } = order;
      return rest;
    }
    case 'cancelled':
      return ended(order, 'CANCELLED');
    case 'rejected':
      return ended(order, 'REJECTED');
    case 'expired':
      return ended(order, 'EXPIRED');
    case 'closed':
      return ended(order, 'CLOSED');
  }
}

const taken = (
  order: OrderState,
  { operator, slot }: { operator: string; slot: number },
  since: string,
): OrderState => ({
  ...free(order),
  capture: { operator, since, slot },
  epoch: order.epoch + 1,
});

/** Nobody holds it, and so nobody can hand it over. */
const free = (order: OrderState): OrderState => ({ ...without('handOver', order), capture: null });

/** Price and approval are void, and what the last pricing failed or waited for. */
function unpriced({ price: _, priceFailure: __, due: ___, awaitsStorage: ____, ...order }: OrderState): OrderState {
  return order;
}

/** Before submission an order stays as it is, after it a price is asked for anew. */
const revised = (order: OrderState, revision: number): OrderState => ({
  ...unpriced(order),
  status: order.status === 'INITIATED' ? 'INITIATED' : 'SUBMITTED',
  revision,
});

const priced = (order: OrderState, price: NonNullable<OrderState['price']>): OrderState => ({
  ...unpriced(order),
  status: 'PRICE_CALCULATED',
  price,
  priceVersion: price.version,
});

function ended({ hold: _, cancellation: __, ...order }: OrderState, status: Status): OrderState {
  return { ...free(order), status };
}

function noted(before: OrderState, after: OrderState, { version, at }: Meta): OrderState {
  const reached = before.status !== after.status;
  return {
    ...onItsWay(stopped(before, after, at), at),
    version,
    statusSince: reached ? at : before.statusSince,
    waitingSince: sameQuestion(questionOf(before), questionOf(after)) ? before.waitingSince : at,
    boarded: before.boarded || laneOf(after) !== null,
    updatedAt: at,
  };
}

/** Holds count apart from the time in a status: what was on hold in it is noted when the hold ends. */
function stopped(before: OrderState, after: OrderState, at: string): OrderState {
  if (before.status !== after.status) return without('heldMs', after);
  const ended = before.hold !== undefined && after.hold === undefined ? heldIn(before, before.hold.since, at) : 0;
  const heldMs = (before.heldMs ?? 0) + ended;
  if (heldMs === 0) return without('heldMs', after);
  return heldMs === after.heldMs ? after : { ...after, heldMs };
}

/** From its first submission to its making an order is on one way, whatever is changed or asked for anew meanwhile. */
function onItsWay(order: OrderState, at: string): OrderState {
  if (order.status === 'MANUFACTURING_STARTED') return without('submittedAt', order);
  const begins = order.status === 'SUBMITTED' && order.submittedAt === undefined;
  return begins ? { ...order, submittedAt: at } : order;
}

/** Orders are copied only where they change: most rows have none of these, and each copy costs as much as a decision. */
function without(name: 'handOver' | 'heldMs' | 'submittedAt', order: OrderState): OrderState {
  if (order[name] === undefined) return order;
  const { [name]: _, ...rest } = order;
  return rest;
}
