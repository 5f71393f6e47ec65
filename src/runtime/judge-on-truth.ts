import { type ActorHead, type AnyDefinition, judge, type Verdict } from './judge.ts';
import type { Pending } from './pending.ts';
import type { TurnDeps } from './turn-deps.ts';

/** A refusal that rests on facts is decided again on the true ones (F2). */
export async function judgeOnTruth(
  deps: TurnDeps,
  definition: AnyDefinition,
  head: ActorHead,
  pending: Pending,
): Promise<Verdict> {
  const verdict = judge(definition, head, pending, deps.now());
  if (verdict.type !== 'refused' || !verdict.refusal.restsOnFacts || pending.factsTrue) return verdict;
  await refreshFacts(deps, definition, pending);
  return judge(definition, head, pending, deps.now());
}

/** Reads the facts about other actors from Postgres; the others were fetched from their source already. */
export async function refreshFacts(deps: TurnDeps, definition: AnyDefinition, pending: Pending): Promise<void> {
  const requests = deps.facts.requestsOf(definition, pending).filter((request) => deps.facts.actorFact(request));
  const truths = await Promise.all(
    requests.map(async (request) => [request.fact, await deps.facts.truth(request)] as const),
  );
  pending.facts = { ...pending.facts, ...Object.fromEntries(truths.filter(([, fact]) => fact !== undefined)) };
  pending.factsTrue = true;
}
