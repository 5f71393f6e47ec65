/** Guards that several commands share. Each answers undefined or the refusal; their order is the contract's. */
import {
  type Context,
  type Decision,
  type Emission,
  type Issuer,
  type Refusal,
  refuse,
} from '../../../src/runtime/actor.ts';
import type { FieldFault } from '../../command-table.ts';
import { atWrongSite } from '../../policy.ts';
import { tariffOf } from '../../pricing/book.ts';
import { reasonFaults } from '../../pricing/settings.ts';
import { hasOneOf, type Role } from '../../roles.ts';
import { slotClaim } from '../claims.ts';
import type { OrderCommand, OrderCommandNamed, OrderCommandType } from '../commands.ts';
import type { OrderEvent } from '../events.ts';
import type { OrderFacts } from '../facts.ts';
import type { Status } from '../lifecycle.ts';
import type { Capture, OrderState } from '../state.ts';

export type OrderContext = Context<OrderFacts>;

/** What one command does to an order that exists. */
export type Decide<Name extends OrderCommandType> = (
  order: OrderState,
  command: OrderCommandNamed<Name>,
  context: OrderContext,
) => Decision<OrderEvent>;

/** Accepted: it is so already. */
export const AS_IT_IS: Emission<OrderEvent> = { events: [] };

export const invalid = (errors: readonly FieldFault[]): Refusal => refuse('invalid', { errors });

export const wrongSite = (order: OrderState, issuer: Issuer): Refusal | undefined =>
  atWrongSite(order.site, issuer) ? refuse('wrong_site') : undefined;

/** A reason that a person gives is one of the catalogue's; the system's reasons are its own. */
export function unknownReason(order: OrderState, command: OrderCommand, context: OrderContext): Refusal | undefined {
  if (context.issuer.role === 'system' || !('reason' in command) || command.reason === undefined) return undefined;
  const tariff = tariffOf(context.facts.tariffs, order.site);
  const faults = tariff === undefined ? [] : reasonFaults(tariff, command.type, command.reason);
  return faults.length === 0 ? undefined : invalid(faults);
}

/** `allowed` = the statuses in which the command would be taken. */
export const wrongStatus = (order: OrderState, allowed: readonly Status[]): Refusal | undefined =>
  allowed.includes(order.status) ? undefined : refuse('wrong_status', { status: order.status, allowed });

/** The holder as refusals name it: the edge adds the name, for staff. */
export const holderOf = (order: OrderState): { readonly id: string } | null =>
  order.capture && { id: order.capture.operator };

/** Also for the holder itself: a second capture is not a repeat of the first. */
export const captured = (order: OrderState): Refusal | undefined =>
  order.capture
    ? refuse('already_captured', { holder: holderOf(order), since: order.capture.since, epoch: order.epoch })
    : undefined;

export const staleEpoch = (order: OrderState, epoch: number): Refusal | undefined =>
  order.epoch === epoch ? undefined : refuse('stale_epoch', { epoch: order.epoch, holder: holderOf(order) });

export const holds = (order: OrderState, issuer: Issuer): boolean => order.capture?.operator === issuer.id;

/** `others`: roles that may do it in the holder's place. */
export const notHolder = (order: OrderState, issuer: Issuer, ...others: readonly Role[]): Refusal | undefined =>
  holds(order, issuer) || hasOneOf(issuer.roles, others) ? undefined : refuse('not_holder');

/** Stops every step forward that a person takes; not the way back, answers, and what has happened anyway. */
export const onHold = (order: OrderState): Refusal | undefined =>
  order.hold === undefined ? undefined : refuse('on_hold');

/** There is no such thing to answer, or to end. */
export const nothing = (what: string): Refusal => refuse('nothing_pending', { what });

/** The claim that ends with this capture. */
export const slotOf = (capture: Capture): string => slotClaim(capture.operator, capture.slot);

/** The claims that end when nobody holds the order any more. */
export const slotsOf = ({ capture }: OrderState): readonly string[] => (capture ? [slotOf(capture)] : []);
