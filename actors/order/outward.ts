/**
 * What the world outside learns of a row: each event under its outward name, without what leads to a customer: ids of
 * contacts and notes, the owner wherever it is named, and the name it gave a file. Staff stands there by id, as in the log.
 */
import type { LogRow } from '../../src/runtime/actor.ts';
import { HOUSE } from '../roles.ts';
import type { OrderEvent } from './events.ts';
import type { OrderState } from './state.ts';

export interface OutwardEvent {
  readonly type: string;
  readonly site: string;
  /** The partner whose order it is. */
  readonly tenant?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** `type` and `tenant` are told beside the data. */
const INSIDE: readonly string[] = ['type', 'tenant', 'contact', 'note'];

function dataOf(event: OrderEvent, owner: string): Readonly<Record<string, unknown>> {
  const told = Object.entries(event).filter(([name, value]) => !INSIDE.includes(name) && value !== owner);
  const data = Object.fromEntries(told);
  if (!('model' in event)) return data;
  const { name: _, ...model } = event.model;
  return { ...data, model };
}

export const outward = ({ events, after }: LogRow<OrderState, OrderEvent>): OutwardEvent[] =>
  events.map((event) => ({
    type: `order.${event.type}`,
    site: after.site,
    ...(after.tenant === HOUSE ? {} : { tenant: after.tenant }),
    data: dataOf(event, after.owner),
  }));
