/** Whether an operator may take an order, and in which of its places. Rests on facts; the claim is what holds. */
import { type Refusal, refuseOnFacts } from '../../../src/runtime/actor.ts';
import type { OperatorFact } from '../../operator/state.ts';
import { slotClaim } from '../claims.ts';
import type { OrderState } from '../state.ts';
import type { OrderContext } from './guards.ts';

/** Where the operator works now, which may not be where it worked at its log-in. */
export const elsewhere = (order: OrderState, operator: OperatorFact | undefined): Refusal | undefined =>
  operator !== undefined && operator.state.site !== order.site ? refuseOnFacts('wrong_site') : undefined;

export function unfit(order: OrderState, operator: OperatorFact | undefined): Refusal | undefined {
  if (operator === undefined || !operator.state.onShift) return refuseOnFacts('off_shift');
  if (operator.state.skills?.includes(order.settings.material) === false) return refuseOnFacts('wrong_skill');
  return undefined;
}

/** The lowest free place. None as well when places above a lowered limit are still in use. */
export function freeSlot(operator: OperatorFact, id: string, taken: OrderContext['taken']): number | Refusal {
  const { limit } = operator.state;
  const used = new Set(operator.slots);
  // those that earlier attempts of this command ran into
  for (let slot = 1; slot <= limit; slot++) if (taken.has(slotClaim(id, slot))) used.add(slot);
  const slots = Array.from({ length: limit }, (_, n) => n + 1);
  const free = used.size >= limit ? undefined : slots.find((slot) => !used.has(slot));
  return free ?? refuseOnFacts('wip_limit', { held: used.size, limit });
}
