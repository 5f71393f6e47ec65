/**
 * The beginning of a turn: lease, state, what is remembered and facts in one script call per event-loop tick.
 *
 * O1 The lease only saves wasted work; without one (busy for longer than `leaseWaitMs`, Redis away) the turn goes on
 *    with the state from Postgres, and the append decides.
 * O2 A state that Redis does not have, or that can't be read, is loaded from Postgres; only a command that creates its
 *    actor may assume that there is none (its id comes from the command id, so a repeat meets the same row).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Facts } from './facts.ts';
import { WantedFacts } from './give-facts.ts';
import { type ActorHead, type AnyDefinition, NOBODY } from './judge.ts';
import { unpack } from './packed.ts';
import type { Pending } from './pending.ts';
import type { Head, HotPort, HotState, LoadReply, LoadRequest, LogPort } from './ports.ts';

export interface Opened {
  readonly head: ActorHead;
  /** Set when the lease is ours and must be given back. */
  readonly token: string | null;
  /** Redis answers, but does not have this state. */
  readonly cold: boolean;
}

export interface OpenDeps {
  readonly log: LogPort;
  readonly hot: HotPort;
  readonly facts: Facts;
  readonly leaseWaitMs: number;
  /** Never the same twice, in any process. */
  newToken(): string;
}

export const headOf = (definition: AnyDefinition, head: Head | undefined): ActorHead =>
  head === undefined
    ? NOBODY
    : {
        version: head.version,
        commandId: head.commandId,
        state: definition.upcast(head.after, head.stateVersion),
        quarantined: head.quarantined,
      };

/** Commands whose facts can't be had have failed then; where the state can't be had, it throws. */
export async function open(
  deps: OpenDeps,
  definition: AnyDefinition,
  actor: string,
  batch: readonly Pending[],
): Promise<Opened> {
  const { kind } = definition;
  const token = deps.newToken();
  const wanted = WantedFacts.of(deps.facts, definition, batch);
  const fetched = wanted?.fetch();
  const commandIds = batch.map(({ envelope }) => envelope.commandId);
  const loaded = await lease(deps, [{ type: 'actor', kind, actor, token, commandIds }, ...(wanted?.loads ?? [])]);
  const [first, ...facts] = loaded;
  const own = first?.type === 'actor' ? first : undefined;
  batch.forEach((pending, i) => {
    pending.remembered = own?.refusals[i] ?? null;
  });
  const leased = own?.lease === true;
  const opened = { token: leased ? token : null, cold: leased && own.state === undefined };
  try {
    const known = leased ? headIn(deps, definition, actor, own.state) : undefined;
    const taken = wanted?.take(facts);
    if (known && !taken && !fetched) return { head: known, ...opened };
    const mayBeNew = !leased || opened.cold;
    const [head] = await Promise.all([known ?? headFor(deps, definition, actor, batch, mayBeNew), taken, fetched]);
    return { head, ...opened };
  } catch (error) {
    if (leased) deps.hot.finish([{ type: 'unlock', kind, actor, token }]).catch(() => undefined);
    throw error;
  }
}

/** The replies to the load that got the lease, or to the last one; none when Redis is away: Postgres has everything. */
async function lease(deps: OpenDeps, requests: readonly LoadRequest[]): Promise<readonly LoadReply[]> {
  const giveUp = Date.now() + deps.leaseWaitMs;
  for (;;) {
    let loaded: readonly LoadReply[];
    try {
      loaded = await deps.hot.load(requests);
    } catch {
      return [];
    }
    const [first] = loaded;
    if (first?.type !== 'actor' || first.lease || Date.now() >= giveUp) return loaded;
    await sleep(1 + 2 * Math.random());
  }
}

/** What Redis gave; undefined: nothing, or nothing that can be read. */
function headIn(
  deps: OpenDeps,
  definition: AnyDefinition,
  actor: string,
  hot: HotState | undefined,
): ActorHead | undefined {
  if (hot === undefined) return undefined;
  const { version, commandId, json, quarantined } = hot;
  const state = unpack(definition, json);
  if (state !== undefined) return { version, commandId, state, quarantined };
  deps.hot.finish([{ type: 'forget', kind: definition.kind, actor, version }]).catch(() => undefined);
  return undefined;
}

async function headFor(
  deps: OpenDeps,
  definition: AnyDefinition,
  actor: string,
  batch: readonly Pending[],
  mayBeNew: boolean,
): Promise<ActorHead> {
  const { kind } = definition;
  if (mayBeNew && batch.every((p) => p.lost === 0 && definition.creates.includes(p.envelope.command.type)))
    return NOBODY;
  const [head] = await deps.log.heads([{ kind, actor }]);
  return headOf(definition, head);
}
