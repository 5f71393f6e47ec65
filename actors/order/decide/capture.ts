/** Taking an order and giving it back. Exactly one operator wins: the log's version decides, the slot is a claim. */
import { type Decision, refuseOnFacts } from '../../../src/runtime/actor.ts';
import { slotClaim } from '../claims.ts';
import type { OrderEvent } from '../events.ts';
import { ON_THE_FLOOR } from '../lifecycle.ts';
import type { Capture } from '../state.ts';
import {
  captured,
  type Decide,
  holds,
  invalid,
  notHolder,
  nothing,
  onHold,
  slotOf,
  staleEpoch,
  wrongStatus,
} from './guards.ts';
import { elsewhere, freeSlot, unfit } from './slots.ts';

export const capture: Decide<'capture'> = (order, { epoch }, { issuer: { id }, facts: { operator }, taken }) => {
  const refusal =
    elsewhere(order, operator) ??
    wrongStatus(order, ON_THE_FLOOR) ??
    captured(order) ??
    staleEpoch(order, epoch) ??
    onHold(order) ??
    unfit(order, operator);
  if (refusal) return refusal;
  if (operator === undefined) return refuseOnFacts('off_shift');
  const slot = freeSlot(operator, id, taken);
  if (typeof slot !== 'number') return slot;
  return { events: [{ type: 'captured', operator: id, slot }], takes: [slotClaim(id, slot)] };
};

/** The holder needs no reason; a supervisor who takes the order from somebody else does. */
export const release: Decide<'release'> = (order, { epoch, reason }, { issuer }) => {
  const forced = !holds(order, issuer) && issuer.roles.includes('supervisor');
  if (forced && reason === undefined) return invalid([{ path: '/reason', rule: 'required of a supervisor' }]);
  const refusal =
    wrongStatus(order, ON_THE_FLOOR) ?? staleEpoch(order, epoch) ?? notHolder(order, issuer, 'supervisor');
  if (refusal) return refusal;
  if (!order.capture) return nothing('capture');
  return released(order.capture, forced ? 'forced' : 'asked', reason);
};

/** What was begun stays with its holder. */
export const releaseAbsent: Decide<'release-absent'> = (order, { epoch }) => {
  const refusal = wrongStatus(order, ['MANUFACTURING_APPROVED']) ?? staleEpoch(order, epoch);
  if (refusal) return refusal;
  return order.capture ? released(order.capture, 'absent') : nothing('capture');
};

/** Not from somebody who has come back meanwhile. */
export const letGo: Decide<'let-go'> = (order, { operator }, { facts }) => {
  const refusal = wrongStatus(order, ['MANUFACTURING_APPROVED']);
  if (refusal) return refusal;
  if (order.capture?.operator !== operator) return nothing('capture');
  if (facts.operator?.state.onShift) return refuseOnFacts('nothing_pending', { what: 'let-go' });
  return released(order.capture, 'let-go');
};

type Why = Extract<OrderEvent, { type: 'released' }>['why'];

const released = (from: Capture, why: Why, reason?: string): Decision<OrderEvent> => ({
  events: [{ type: 'released', operator: from.operator, why, ...(reason === undefined ? {} : { reason }) }],
  frees: [slotOf(from)],
});
