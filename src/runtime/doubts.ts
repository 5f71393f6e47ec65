/**
 * Refusals and acceptances without effect: nothing was appended for them, so the log must confirm them (T2).
 *
 * One read per event-loop tick tells the head and whether a command id stands in the log already. Where the head is not
 * the state that was judged, the command is judged again on that very head: the same read has shown that its id is not
 * in the log, so a refusal on it is final; an acceptance goes to another turn.
 */
import type { ActorHead, AnyDefinition, Verdict } from './judge.ts';
import { judgeOnTruth } from './judge-on-truth.ts';
import { headOf } from './open.ts';
import type { Pending } from './pending.ts';
import type { Confirmed } from './ports.ts';
import { answerMine, answerRefused, answerRemembered, answerUnchanged } from './reply.ts';
import type { TurnDeps } from './turn-deps.ts';

/** `verdict` undefined: a refusal is remembered under this id. */
export interface Doubt {
  readonly pending: Pending;
  readonly verdict: Exclude<Verdict, { type: 'emits' }> | undefined;
}

/** Answers what can be answered; returns what must be decided in another turn, in order. */
export async function confirmDoubts(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  judged: ActorHead,
  doubts: readonly Doubt[],
): Promise<readonly Pending[]> {
  if (doubts.length === 0) return [];
  const ids = doubts.map(({ pending }) => pending.envelope.commandId);
  let confirmed: Confirmed;
  try {
    confirmed = await deps.log.confirm({ kind: definition.kind, actor, version: judged.version, ids });
  } catch (error) {
    for (const { pending } of doubts) pending.fail(error);
    return [];
  }
  const stale = confirmed.version !== judged.version || confirmed.commandId !== judged.commandId;
  const head = stale ? await trueHead(deps, definition, actor, judged, confirmed) : judged;
  const again = await Promise.all(doubts.map((doubt) => settleDoubt(deps, definition, doubt, confirmed, head, stale)));
  return again.filter((pending) => pending !== undefined);
}

/** The state in Redis was not the log's head: it goes, so that the next turn loads the true one. */
async function trueHead(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  judged: ActorHead,
  confirmed: Confirmed,
): Promise<ActorHead> {
  const { kind } = definition;
  await deps.hot.finish([{ type: 'forget', kind, actor, version: judged.version }]).catch(() => undefined);
  const head = confirmed.head ?? (await deps.log.heads([{ kind, actor }]))[0];
  return headOf(definition, head);
}

async function settleDoubt(
  deps: TurnDeps,
  definition: AnyDefinition,
  { pending, verdict }: Doubt,
  confirmed: Confirmed,
  head: ActorHead,
  stale: boolean,
): Promise<Pending | undefined> {
  const mine = confirmed.mine.get(pending.envelope.commandId);
  if (mine) answerMine(deps, definition, pending, mine);
  else if (pending.remembered !== null) answerRemembered(deps, pending, pending.remembered, head);
  else {
    const now = stale || verdict === undefined ? await judgeOnTruth(deps, definition, head, pending) : verdict;
    if (now.type === 'emits') return pending;
    if (now.type === 'unchanged') answerUnchanged(deps, pending, head);
    else await answerRefused(deps, pending, now.refusal, head);
  }
  return undefined;
}
