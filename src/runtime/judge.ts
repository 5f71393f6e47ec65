/** One decision: pure. What a command means for the actor as it stands, with the row that would say so in the log. */

import { uuid5 } from '../uuid5.ts';
import { type ActorDefinition, type Context, isRefusal, type Refusal, refuse } from './actor.ts';
import type { Pending } from './pending.ts';
import type { NewRow } from './ports.ts';

// The runtime is the same for all actors; each definition checks its own states, commands and events (its methods are
// bivariant, so a definition of a narrower type is one of these).
export type AnyDefinition = ActorDefinition<unknown, { readonly type: string }, { readonly type: string }, object>;

/** An actor as it was read: `state` undefined and version 0 = it does not exist yet. */
export interface ActorHead {
  readonly version: number;
  readonly commandId: string | null;
  readonly state: unknown;
  readonly quarantined: boolean;
}

export const NOBODY: ActorHead = { version: 0, commandId: null, state: undefined, quarantined: false };

export type Verdict =
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'unchanged' }
  | { readonly type: 'emits'; readonly row: NewRow; readonly next: ActorHead };

export function judge(definition: AnyDefinition, head: ActorHead, pending: Pending, now: number): Verdict {
  const { envelope } = pending;
  const refused = (refusal: Refusal): Verdict => ({ type: 'refused', refusal });
  if (head.state !== undefined && !definition.sees(head.state, envelope.issuer)) return refused(refuse('not_found'));
  if (head.quarantined) return refused(refuse('quarantined'));
  if (envelope.expectedVersion !== undefined && envelope.expectedVersion !== head.version) {
    return refused(refuse('version_changed', { version: head.version }));
  }
  const at = new Date(now).toISOString();
  const context: Context<object> = {
    now,
    at,
    issuer: envelope.issuer,
    actor: envelope.actor,
    commandId: envelope.commandId,
    id: (name) => uuid5(envelope.commandId, name),
    facts: pending.facts,
    taken: pending.taken,
  };
  const decision = definition.decide(head.state, envelope.command, context);
  if (isRefusal(decision)) return refused(decision);
  if (decision.events.length === 0) return { type: 'unchanged' };

  const version = head.version + 1;
  const after = decision.events.reduce<unknown>(
    (state, event) => definition.evolve(state, event, { actor: envelope.actor, version, at }),
    head.state,
  );
  const row: NewRow = {
    kind: envelope.kind,
    actor: envelope.actor,
    version,
    base: head.commandId,
    commandId: envelope.commandId,
    hash: envelope.hash,
    issuer: envelope.issuer,
    at,
    events: decision.events,
    after,
    afterText: JSON.stringify(after),
    stateVersion: definition.stateVersion,
    was: definition.was(head.state),
    trace: envelope.trace ?? null,
    takes: decision.takes ?? [],
    frees: decision.frees ?? [],
    jobs: decision.jobs ?? [],
    done: decision.done ?? [],
  };
  return {
    type: 'emits',
    row,
    next: { version, commandId: envelope.commandId, state: after, quarantined: false },
  };
}
