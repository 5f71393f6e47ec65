/** From one operator to another. The giver answers for the order until the other has accepted; the epoch rises then. */
import { refuseOnFacts } from '../../../src/runtime/actor.ts';
import { slotClaim } from '../claims.ts';
import { ON_THE_FLOOR } from '../lifecycle.ts';
import type { HandOver, OrderState } from '../state.ts';
import { endOf, timer } from '../times.ts';
import {
  AS_IT_IS,
  captured,
  type Decide,
  holds,
  invalid,
  notHolder,
  nothing,
  type OrderContext,
  slotOf,
  staleEpoch,
  wrongStatus,
} from './guards.ts';
import { elsewhere, freeSlot, unfit } from './slots.ts';

const PENDING = 'hand-over';

/** A new offer takes the place of the one before. */
export const handOver: Decide<'hand-over'> = (order, { epoch, to }, context) => {
  const { issuer, facts, at, now } = context;
  const refusal =
    wrongStatus(order, ON_THE_FLOOR) ?? staleEpoch(order, epoch) ?? notHolder(order, issuer, 'supervisor');
  if (refusal) return refusal;
  if (!order.capture) return nothing('capture');
  if (order.capture.operator === to) return captured(order) ?? AS_IT_IS;
  if (facts.operator === undefined) return invalid([{ path: '/to', rule: 'unknown operator' }]);
  const unable = elsewhere(order, facts.operator) ?? unfit(order, facts.operator);
  if (unable) return unable;
  if (offerTo(to, order, now)) return AS_IT_IS;

  const version = order.version + 1;
  const deadline = endOf('handOverMs', context);
  return {
    events: [{ type: 'hand-over-offered', to, by: issuer.id, at, deadline, version }],
    jobs: [timer(context, 'hand-over', version, deadline)],
  };
};

/** The slot of one is freed and the slot of the other taken in one row. */
export const acceptHandOver: Decide<'accept-hand-over'> = (order, { epoch }, context) => {
  const { id } = context.issuer;
  const { operator } = context.facts;
  const refusal = elsewhere(order, operator) ?? wrongStatus(order, ON_THE_FLOOR) ?? staleEpoch(order, epoch);
  if (refusal) return refusal;
  if (!order.capture || holds(order, context.issuer) || !offerTo(id, order, context.now)) return nothing(PENDING);
  const unable = unfit(order, operator);
  if (unable) return unable;
  if (operator === undefined) return refuseOnFacts('off_shift');
  const slot = freeSlot(operator, id, context.taken);
  if (typeof slot !== 'number') return slot;
  return {
    events: [{ type: 'handed-over', from: order.capture.operator, operator: id, slot }],
    frees: [slotOf(order.capture)],
    takes: [slotClaim(id, slot)],
  };
};

export const declineHandOver: Decide<'decline-hand-over'> = (order, { epoch }, { issuer, now }: OrderContext) =>
  wrongStatus(order, ON_THE_FLOOR) ??
  staleEpoch(order, epoch) ??
  (offerTo(issuer.id, order, now) ? { events: [{ type: 'hand-over-declined', to: issuer.id }] } : nothing(PENDING));

/** The offer, if it stands: its timer may be late. */
const offerTo = (operator: string, order: OrderState, now: number): HandOver | undefined =>
  order.handOver?.to === operator && now <= Date.parse(order.handOver.deadline) ? order.handOver : undefined;
