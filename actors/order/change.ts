/**
 * A row of an order as its watchers and its timeline tell it. `Told` goes over the order's channel: enough to render
 * without reading the log. Ids of persons are in here; edges leave them out for buyers and partners.
 */
import type { LogRow } from '../../src/runtime/actor.ts';
import type { OrderEvent } from './events.ts';
import type { Status } from './lifecycle.ts';
import type { OrderState } from './state.ts';
import { type Waiting, waiting } from './waiting.ts';
import { type Was, wasOf } from './was.ts';

export interface Told {
  readonly version: number;
  readonly at: string;
  readonly by: { readonly role: string; readonly id: string };
  readonly events: readonly OrderEvent[];
  readonly after: OrderState;
  readonly was: Was | null;
  readonly trace: string | null;
}

type OrderLogRow = LogRow<OrderState, OrderEvent>;

export const told = (row: OrderLogRow): Told => ({ ...toldBeside(row), after: row.after });

/** What goes over the channel beside the state. */
export const toldBeside = (row: OrderLogRow): Omit<Told, 'after'> => ({
  version: row.version,
  at: row.at,
  by: { role: row.issuer.role, id: row.issuer.id },
  events: row.events,
  was: wasOf(row),
  trace: row.trace,
});

/** One version for those who track the order: `type` is the last event's, `types` are all. */
export interface Change {
  readonly order: string;
  readonly version: number;
  readonly at: string;
  readonly type: OrderEvent['type'];
  readonly types: readonly OrderEvent['type'][];
  readonly status: Status;
  readonly waiting: Waiting;
}

export function change({ version, at, events, after }: Told): Change {
  const types = events.map((event) => event.type);
  return {
    order: after.id,
    version,
    at,
    type: types.at(-1) ?? 'created',
    types,
    status: after.status,
    waiting: waiting(after),
  };
}

/** One event of the timeline; `from`, `to` and `lastedMs` (time in `from`) where the status changed, or the hold's time. */
export interface TimelineItem {
  readonly version: number;
  readonly at: string;
  readonly type: OrderEvent['type'];
  readonly by: { readonly role: string; readonly id: string };
  readonly from?: Status;
  readonly to?: Status;
  readonly reason?: string;
  /** true: the reason is about work on the floor, not for buyers and partners. */
  readonly internal?: boolean;
  readonly lastedMs?: number;
  readonly trace?: string;
}

export function timeline(row: Told): TimelineItem[] {
  const last = row.events.length - 1;
  return row.events.map((event, n) => ({
    version: row.version,
    at: row.at,
    type: event.type,
    by: row.by,
    // Rows with several events change the status once: the last event tells it.
    ...(n === last ? step(row) : {}),
    ...(event.type === 'resumed' ? { lastedMs: event.heldMs } : {}),
    ...reasonOf(event),
    ...(row.trace === null ? {} : { trace: row.trace }),
  }));
}

function step({ at, after, was }: Told): Pick<TimelineItem, 'from' | 'to' | 'lastedMs'> {
  if (was === null) return { to: after.status };
  if (was.status === after.status) return {};
  return { from: was.status, to: after.status, lastedMs: Date.parse(at) - Date.parse(was.statusSince) };
}

/** `internal`: the reason is about work on the floor. */
function reasonOf(event: OrderEvent): Pick<TimelineItem, 'reason' | 'internal'> {
  switch (event.type) {
    case 'pricing-failed':
    case 'price-set':
    case 'rejected':
    case 'held':
    case 'cancel-requested':
    case 'cancel-refused':
    case 'cancelled':
      return { reason: event.reason };
    case 'reworked':
      return { reason: event.reason, internal: true };
    case 'released':
      return { reason: event.reason ?? event.why, internal: true };
    default:
      return {};
  }
}
