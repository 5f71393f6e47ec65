/** Is there an order in which the commands, one after the other, get exactly these answers? By the pure functions alone. */
import { operator } from '../../actors/operator/operator.ts';
import type { OrderCommand } from '../../actors/order/commands.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { type Answer, type Envelope, isRefusal } from '../../src/runtime/actor.ts';

export interface Sent {
  readonly envelope: Envelope;
  readonly answer: Answer;
}

/** For commands that need no facts but that of an operator on shift with free places. */
function step(state: OrderState, { envelope }: Sent): { next: OrderState; said: string } {
  const { issuer, actor, commandId } = envelope;
  const meta = { actor, version: 0, at: new Date().toISOString() };
  const hired = operator.evolve(undefined, { type: 'hired', site: state.site, limit: 5 }, meta);
  const decision = order.decide(state, envelope.command as OrderCommand, {
    now: Date.now(),
    at: meta.at,
    issuer,
    actor,
    commandId,
    id: (name) => name,
    facts: { operator: { state: { ...hired, onShift: true }, slots: [] } },
    taken: new Map(),
  });
  if (isRefusal(decision)) return { next: state, said: decision.refused };
  return { next: decision.events.reduce<OrderState>((s, event) => order.evolve(s, event, meta), state), said: 'ok' };
}

const said = ({ answer }: Sent): string => (answer.ok ? 'ok' : answer.code);

export function someOrderExplains(state: OrderState, sent: readonly Sent[]): boolean {
  if (sent.length === 0) return true;
  return sent.some((first) => {
    const { next, said: now } = step(state, first);
    return (
      now === said(first) &&
      someOrderExplains(
        next,
        sent.filter((other) => other !== first),
      )
    );
  });
}
