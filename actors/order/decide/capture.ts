/** Taking an order and giving it back. Exactly one operator wins: the log's version decides, the slot is a claim. */
import { type Refusal, refuse, refuseOnFacts } from '../../../src/runtime/actor.ts';
import type { OperatorFact } from '../../operator/state.ts';
import { slotClaim } from '../claims.ts';
import type { OrderState } from '../state.ts';
import {
  type Decide,
  holderOf,
  invalid,
  notHolder,
  type OrderContext,
  onHold,
  slotOf,
  staleEpoch,
  wrongStatus,
} from './guards.ts';

export const capture: Decide<'capture'> = (order, { epoch }, context) => {
  const operator = context.facts.operator;
  const refusal =
    elsewhere(order, operator) ??
    wrongStatus(order, ['MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED']) ??
    alreadyCaptured(order) ??
    staleEpoch(order, epoch) ??
    onHold(order);
  if (refusal) return refusal;
  if (operator === undefined || !operator.state.onShift) return refuseOnFacts('off_shift');
  if (operator.state.skills?.includes(order.settings.material) === false) return refuseOnFacts('wrong_skill');

  const { id } = context.issuer;
  const { limit } = operator.state;
  const used = usedSlots(operator, id, limit, context.taken);
  const slot = lowestFree(used, limit);
  if (slot === undefined) return refuseOnFacts('wip_limit', { held: used.size, limit });
  return { events: [{ type: 'captured', operator: id, slot }], takes: [slotClaim(id, slot)] };
};

const elsewhere = (order: OrderState, operator: OperatorFact | undefined): Refusal | undefined =>
  operator !== undefined && operator.state.site !== order.site ? refuseOnFacts('wrong_site') : undefined;

/** Also for the holder itself: a second capture is not a repeat of the first. */
const alreadyCaptured = (order: OrderState): Refusal | undefined =>
  order.capture
    ? refuse('already_captured', { holder: holderOf(order), since: order.capture.since, epoch: order.epoch })
    : undefined;

/** Known from the claims, and those that earlier attempts of this command ran into. */
function usedSlots(
  operator: OperatorFact,
  id: string,
  limit: number,
  taken: OrderContext['taken'],
): ReadonlySet<number> {
  const used = new Set(operator.slots);
  for (let slot = 1; slot <= limit; slot++) if (taken.has(slotClaim(id, slot))) used.add(slot);
  return used;
}

/** None as well when slots above a lowered limit are still in use. */
function lowestFree(used: ReadonlySet<number>, limit: number): number | undefined {
  if (used.size >= limit) return undefined;
  for (let slot = 1; slot <= limit; slot++) if (!used.has(slot)) return slot;
  return undefined;
}

/** The holder needs no reason; a supervisor who takes the order from somebody else does. */
export const release: Decide<'release'> = (order, { epoch, reason }, { issuer }) => {
  const forced = order.capture?.operator !== issuer.id && issuer.roles.includes('supervisor');
  if (forced && reason === undefined) return invalid([{ path: '/reason', rule: 'required of a supervisor' }]);
  const refusal =
    wrongStatus(order, ['MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED']) ??
    staleEpoch(order, epoch) ??
    (forced ? undefined : notHolder(order, issuer));
  if (refusal) return refusal;
  if (!order.capture) return refuse('nothing_pending', { what: 'capture' });
  return {
    events: [
      {
        type: 'released',
        operator: order.capture.operator,
        why: forced ? 'forced' : 'asked',
        ...(reason === undefined ? {} : { reason }),
      },
    ],
    frees: [slotOf(order.capture)],
  };
};
