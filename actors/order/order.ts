/** The order actor: its command table, decisions, events and projections put together. */
import { type ActorDefinition, type Decision, refuse } from '../../src/runtime/actor.ts';
import { creators, factsFor } from '../command-table.ts';
import { maySend, sees } from '../policy.ts';
import { ORDER_COMMANDS, type OrderCommand } from './commands.ts';
import { approve } from './decide/approve.ts';
import { requestCancel } from './decide/cancel.ts';
import { capture, release } from './decide/capture.ts';
import { create } from './decide/create.ts';
import { type OrderContext, unknownReason, wrongSite } from './decide/guards.ts';
import { complete, start } from './decide/make.ts';
import { priced, pricingFailed, pricingStarted, submit } from './decide/price.ts';
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

function decide(state: OrderState | undefined, command: OrderCommand, context: OrderContext): Decision<OrderEvent> {
  if (command.type === 'create') {
    return state === undefined
      ? create(command, context)
      : refuse('wrong_status', { status: state.status, allowed: [] });
  }
  if (state === undefined) return refuse('not_found');
  if (!maySend(ORDER_COMMANDS[command.type], context.issuer, context.actor)) return refuse('forbidden');
  return (
    unknownReason(state, command, context) ?? wrongSite(state, context.issuer) ?? dispatch(state, command, context)
  );
}

function dispatch(
  state: OrderState,
  command: Exclude<OrderCommand, { type: 'create' }>,
  context: OrderContext,
): Decision<OrderEvent> {
  switch (command.type) {
    case 'submit':
      return submit(state, command, context);
    case 'pricing-started':
      return pricingStarted(state, command, context);
    case 'priced':
      return priced(state, command, context);
    case 'pricing-failed':
      return pricingFailed(state, command, context);
    case 'approve':
      return approve(state, command, context);
    case 'capture':
      return capture(state, command, context);
    case 'release':
      return release(state, command, context);
    case 'start':
      return start(state, command, context);
    case 'complete':
      return complete(state, command, context);
    case 'request-cancel':
      return requestCancel(state, command, context);
  }
}
