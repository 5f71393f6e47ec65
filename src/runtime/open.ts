/**
 * The beginning of a turn: lease, state, remembered refusals and facts in one script call per event-loop tick.
 *
 * O1 The lease only saves wasted work; without one (busy for longer than `leaseWaitMs`, Redis away) the turn goes on
 *    with the state from Postgres, and the append decides.
 * O2 A state that Redis does not have is loaded from Postgres; only a command that creates its actor may assume that
 *    there is none (its id comes from the command id, so a repeat meets the same row).
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FactRequest } from './actor.ts';
import type { Facts } from './facts.ts';
import { type ActorHead, type AnyDefinition, NOBODY } from './judge.ts';
import { unpack } from './packed.ts';
import type { Pending } from './pending.ts';
import type { Head, HotPort, LoadReply, LoadRequest, LogPort } from './ports.ts';

export interface Opened {
  readonly head: ActorHead;
  /** Set when the lease is ours and must be given back. */
  readonly token: string | null;
}

export interface OpenDeps {
  readonly log: LogPort;
  readonly hot: HotPort;
  readonly facts: Facts;
  readonly leaseWaitMs: number;
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

export async function open(
  deps: OpenDeps,
  definition: AnyDefinition,
  actor: string,
  batch: readonly Pending[],
): Promise<Opened> {
  const token = deps.newToken();
  const giveUp = Date.now() + deps.leaseWaitMs;
  const wanted = wantedFacts(deps.facts, definition, batch);
  const fetched = fetchOthers(deps.facts, wanted);
  let loaded: readonly LoadReply[] | undefined;
  for (;;) {
    loaded = await loadHot(deps, definition.kind, actor, token, batch, wanted);
    const first = loaded?.[0];
    if (first?.type !== 'actor' || first.lease || Date.now() >= giveUp) break;
    await sleep(1 + randomInt(3));
  }
  const own = loaded?.[0]?.type === 'actor' ? loaded[0] : undefined;
  batch.forEach((pending, i) => {
    pending.remembered = own?.refusals[i] ?? null;
  });
  const leased = own?.lease === true;
  try {
    const [head] = await Promise.all([
      headFor(deps, definition, actor, batch, leased ? own : undefined),
      giveFacts(deps.facts, wanted, loaded, fetched),
    ]);
    return { head, token: leased ? token : null };
  } catch (error) {
    if (leased) deps.hot.finish([{ type: 'unlock', kind: definition.kind, actor, token }]).catch(() => undefined);
    throw error;
  }
}

interface Wanted {
  readonly pending: Pending;
  readonly request: FactRequest;
}

function wantedFacts(facts: Facts, definition: AnyDefinition, batch: readonly Pending[]): readonly Wanted[] {
  return batch
    .filter((pending) => !pending.factsTrue)
    .flatMap((pending) => facts.requestsOf(definition, pending).map((request) => ({ pending, request })));
}

/** Facts that do not ride with the load are fetched beside it; a failure is the failure of the command that asked. */
function fetchOthers(facts: Facts, wanted: readonly Wanted[]): Promise<unknown> {
  const others = wanted.filter(({ request }) => facts.actorFact(request) === undefined);
  return Promise.all(others.map(async ({ pending, request }) => fill(pending, request, await facts.truth(request))));
}

async function loadHot(
  deps: OpenDeps,
  kind: string,
  actor: string,
  token: string,
  batch: readonly Pending[],
  wanted: readonly Wanted[],
): Promise<readonly LoadReply[] | undefined> {
  const own: LoadRequest = { type: 'actor', kind, actor, token, commandIds: batch.map((p) => p.envelope.commandId) };
  const others = hotFacts(deps.facts, wanted).map(({ kind, id }): LoadRequest => ({ type: 'fact', kind, actor: id }));
  try {
    return await deps.hot.load([own, ...others]);
  } catch {
    return undefined; // Redis is away or slow: Postgres has everything
  }
}

/** Distinct actors that facts are about, in the order of the load's replies. */
function hotFacts(facts: Facts, wanted: readonly Wanted[]): readonly { kind: string; id: string }[] {
  const distinct = new Map<string, { kind: string; id: string }>();
  for (const { request } of wanted) {
    const provider = facts.actorFact(request);
    if (provider) distinct.set(`${provider.kind}:${request.id}`, { kind: provider.kind, id: request.id });
  }
  return [...distinct.values()];
}

async function giveFacts(
  facts: Facts,
  wanted: readonly Wanted[],
  loaded: readonly LoadReply[] | undefined,
  fetched: Promise<unknown>,
): Promise<void> {
  const order = hotFacts(facts, wanted).map(({ kind, id }) => `${kind}:${id}`);
  const cold = new Map<string, Promise<unknown>>();
  for (const { pending, request } of wanted) {
    const provider = facts.actorFact(request);
    if (provider === undefined) continue;
    const key = `${provider.kind}:${request.id}`;
    const hot = facts.fromHot(provider, loaded?.[1 + order.indexOf(key)]);
    if (hot !== undefined) fill(pending, request, hot);
    else {
      const asked = cold.get(key) ?? facts.truth(request);
      cold.set(key, asked);
      fill(pending, request, await asked);
    }
  }
  await fetched;
}

function fill(pending: Pending, request: FactRequest, fact: unknown): void {
  if (fact !== undefined) pending.facts = { ...pending.facts, [request.fact]: fact };
}

async function headFor(
  deps: OpenDeps,
  definition: AnyDefinition,
  actor: string,
  batch: readonly Pending[],
  own: Extract<LoadReply, { type: 'actor' }> | undefined,
): Promise<ActorHead> {
  if (own?.state) {
    const { version, commandId, json, quarantined } = own.state;
    return { version, commandId, state: unpack(definition, json), quarantined };
  }
  if (batch.every((p) => p.lost === 0 && definition.creates.includes(p.envelope.command.type))) return NOBODY;
  const [head] = await deps.log.heads([{ kind: definition.kind, actor }]);
  return headOf(definition, head);
}
