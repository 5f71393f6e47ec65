import { type ActorHead, type AnyDefinition, judge, type Verdict } from './judge.ts';
import type { Pending } from './pending.ts';
import type { TurnDeps } from './turn-deps.ts';

/**
 * A refusal that rests on facts is decided again on the true ones (F2), all read at one time: what earlier attempts
 * ran into may be free by now; only that takes time. Undefined: it could not be judged (a bug, or the truth is not to
 * be had) and failed, alone.
 */
export function judgeOnTruth(
  deps: TurnDeps,
  definition: AnyDefinition,
  head: ActorHead,
  pending: Pending,
): Verdict | undefined | Promise<Verdict | undefined> {
  try {
    const verdict = judge(definition, head, pending, deps.now());
    return wantsTruth(verdict, pending) ? judgeAgain(deps, definition, head, pending) : verdict;
  } catch (error) {
    pending.fail(error);
    return undefined;
  }
}

/** It rests on facts that may be stale. */
export const wantsTruth = (verdict: Verdict, { factsTrue, taken }: Pending): boolean =>
  verdict.type === 'refused' && verdict.refusal.restsOnFacts === true && !(factsTrue && taken.size === 0);

async function judgeAgain(
  deps: TurnDeps,
  definition: AnyDefinition,
  head: ActorHead,
  pending: Pending,
): Promise<Verdict | undefined> {
  try {
    pending.forgetTaken();
    await refreshFacts(deps, definition, pending);
    return judge(definition, head, pending, deps.now());
  } catch (error) {
    pending.fail(error);
    return undefined;
  }
}

/** Reads the facts about other actors from Postgres; the others were fetched from their source already. */
export async function refreshFacts(deps: TurnDeps, definition: AnyDefinition, pending: Pending): Promise<void> {
  const requests = deps.facts.requestsOf(definition, pending).filter((request) => deps.facts.actorFact(request));
  await Promise.all(requests.map(async (request) => pending.know(request.fact, await deps.facts.truth(request))));
  pending.factsTrue = true;
}
