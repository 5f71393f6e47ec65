/** An order as a flat row of the SQL view `orders`: absolute, guarded by its version. */
import type { LogRow } from '../../src/runtime/actor.ts';
import { type Card, card } from './card.ts';
import type { OrderEvent } from './events.ts';
import { type Lane, laneOf, type Status } from './lifecycle.ts';
import { recentKey, urgentKey } from './sort-keys.ts';
import type { OrderState } from './state.ts';
import { type WaitingFor, waiting } from './waiting.ts';

export interface OrderRow {
  readonly id: string;
  readonly number: string;
  readonly reference: string | null;
  readonly site: string;
  readonly status: Status;
  readonly lane: Lane | null;
  readonly tenant: string;
  readonly owner: string;
  readonly version: number;
  readonly waiting_for: WaitingFor;
  readonly due: string | null;
  readonly priority: number;
  readonly recent: string;
  readonly urgent: string;
  readonly model: string;
  readonly card: Card | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export function orderRow({ version, after }: Pick<LogRow<OrderState, OrderEvent>, 'version' | 'after'>): OrderRow {
  return {
    id: after.id,
    number: after.number,
    reference: after.reference ?? null,
    site: after.site,
    status: after.status,
    lane: laneOf(after),
    tenant: after.tenant,
    owner: after.owner,
    version,
    waiting_for: waiting(after).for,
    due: after.due ?? null,
    priority: after.priority,
    recent: recentKey(after),
    urgent: urgentKey(after),
    model: after.model.id,
    card: card(after, version),
    created_at: after.createdAt,
    updated_at: after.updatedAt,
  };
}
