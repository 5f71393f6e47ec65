/** An order as a card of its site's board. Ids of persons only: names are added at the edge, for staff. */
import { type Lane, laneOf, type Status } from './lifecycle.ts';
import type { Cancellation, HandOver, Hold, OrderState } from './state.ts';
import { type Waiting, waiting } from './waiting.ts';

export interface Card {
  readonly order: string;
  readonly number: string;
  readonly version: number;
  readonly lane: Lane;
  readonly status: Status;
  readonly epoch: number;
  readonly title: string;
  readonly material: string;
  readonly finish: string;
  readonly quantity: number;
  readonly priority: number;
  readonly due: string | null;
  readonly capture: { readonly operator: string; readonly since: string } | null;
  readonly handOver: HandOver | null;
  readonly hold: Hold | null;
  readonly cancellation: Cancellation | null;
  /** Path of a picture; null until there is one. */
  readonly thumb: string | null;
  readonly waiting: Waiting;
  readonly updatedAt: string;
}

/** It is drawn while the model is measured. */
const thumbOf = (model: string): string => `/api/models/${model}/thumb`;

/** null = the order stands on no board. */
export function card(order: OrderState, version: number): Card | null {
  const lane = laneOf(order);
  if (lane === null) return null;
  const { capture, settings, model } = order;
  return {
    order: order.id,
    number: order.number,
    version,
    lane,
    status: order.status,
    epoch: order.epoch,
    title: model.name,
    material: settings.material,
    finish: settings.finish,
    quantity: settings.quantity,
    priority: order.priority,
    due: order.due ?? null,
    capture: capture && { operator: capture.operator, since: capture.since },
    handOver: order.handOver ?? null,
    hold: order.hold ?? null,
    cancellation: order.cancellation ?? null,
    thumb: model.facts === undefined ? null : thumbOf(model.id),
    waiting: waiting(order),
    updatedAt: order.updatedAt,
  };
}
