/** The order actor: its command table, decisions, events and projections put together. */
import { type ActorDefinition, type Decision, refuse } from '../../src/runtime/actor.ts';
import { creators, factsFor } from '../command-table.ts';
import { maySend, sees } from '../policy.ts';
import { ORDER_COMMANDS, type OrderCommand, type OrderCommandType } from './commands.ts';
import { approve } from './decide/approve.ts';
import { acceptCancel, refuseCancel, requestCancel } from './decide/cancel.ts';
import { capture, letGo, release, releaseAbsent } from './decide/capture.ts';
import { create } from './decide/create.ts';
import { deadlinePassed, expire } from './decide/deadlines.ts';
import { type Decide, type OrderContext, unknownReason, wrongSite } from './decide/guards.ts';
import { acceptHandOver, declineHandOver, handOver } from './decide/hand-over.ts';
import { hold, resume } from './decide/hold.ts';
import { complete, rework, start } from './decide/make.ts';
import { reject, setPrice } from './decide/office.ts';
import { priced, pricingFailed, pricingStarted } from './decide/price.ts';
import { attachModel, changeSettings } from './decide/revise.ts';
import { close, delivered, pack, ship } from './decide/ship.ts';
import { move, setPriority } from './decide/steer.ts';
import { requote, submit } from './decide/submit.ts';
import type { OrderEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { OrderFacts } from './facts.ts';
import { project } from './project.ts';
import type { OrderState } from './state.ts';
import { STATE_VERSION, upcast, upcastEvent } from './upcast.ts';
import { was } from './was.ts';

export const order: ActorDefinition<OrderState, OrderCommand, OrderEvent, OrderFacts> = {
  kind: 'order',
  stateVersion: STATE_VERSION,
  creates: creators(ORDER_COMMANDS),
  decide,
  evolve,
  sees,
  factsFor: (command, issuer) => factsFor(ORDER_COMMANDS, command, issuer),
  was,
  upcast,
  upcastEvent,
  project,
};

const DECIDE: { readonly [Name in Exclude<OrderCommandType, 'create'>]: Decide<Name> } = {
  'attach-model': attachModel,
  'change-settings': changeSettings,
  submit,
  'pricing-started': pricingStarted,
  priced,
  'pricing-failed': pricingFailed,
  'set-price': setPrice,
  requote,
  approve,
  reject,
  capture,
  release,
  'hand-over': handOver,
  'accept-hand-over': acceptHandOver,
  'decline-hand-over': declineHandOver,
  start,
  complete,
  hold,
  resume,
  rework,
  pack,
  ship,
  delivered,
  close,
  'request-cancel': requestCancel,
  'accept-cancel': acceptCancel,
  'refuse-cancel': refuseCancel,
  'set-priority': setPriority,
  move,
  expire,
  'deadline-passed': deadlinePassed,
  'release-absent': releaseAbsent,
  'let-go': letGo,
};

function decide(state: OrderState | undefined, command: OrderCommand, context: OrderContext): Decision<OrderEvent> {
  if (command.type === 'create') {
    return state === undefined
      ? create(command, context)
      : refuse('wrong_status', { status: state.status, allowed: [] });
  }
  if (state === undefined) return refuse('not_found');
  if (!maySend(ORDER_COMMANDS[command.type], context.issuer, context.actor)) return refuse('forbidden');
  // The table above pairs each name with the decision on that very command.
  const decideIt = DECIDE[command.type] as Decide<OrderCommandType>;
  return (
    unknownReason(state, command, context) ?? wrongSite(state, context.issuer) ?? decideIt(state, command, context)
  );
}
