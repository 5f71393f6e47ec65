/** What projections need to know of an order as it was before a row. */
import { type Lane, laneOf, type Status } from './lifecycle.ts';
import type { OrderState } from './state.ts';

export interface Was {
  readonly site: string;
  readonly lane: Lane | null;
  readonly status: Status;
  readonly statusSince: string;
  readonly holder: string | null;
  readonly slot: number | null;
  /** These are absent where they say nothing, and in rows from before they were noted. */
  readonly holdSince?: string;
  readonly heldMs?: number;
  readonly submittedAt?: string;
}

/** null before version 1. */
export const was = (order: OrderState | undefined): Was | null =>
  order === undefined
    ? null
    : {
        site: order.site,
        lane: laneOf(order),
        status: order.status,
        statusSince: order.statusSince,
        holder: order.capture?.operator ?? null,
        slot: order.capture?.slot ?? null,
        ...(order.hold === undefined ? {} : { holdSince: order.hold.since }),
        ...(order.heldMs === undefined ? {} : { heldMs: order.heldMs }),
        ...(order.submittedAt === undefined ? {} : { submittedAt: order.submittedAt }),
      };

/** `was` of a row as it comes from the log: written by the function above. */
export const wasOf = (row: { readonly was: unknown }): Was | null => row.was as Was | null;
