/**
 * Refusals and acceptances without effect: nothing was appended for them, so the log must confirm them (T2).
 *
 * One read per event-loop tick tells the head and whether a command id stands in the log already. Where the head is not
 * the state that was judged, the command is judged again on that very head: the same read has shown that its id is not
 * in the log, so a refusal on it is final; an acceptance goes to another turn.
 *
 * Doubts about what follows a row may be asked about beside its append. If the answer shows the head that the row was
 * decided on, or the row itself, and the row is won, then nothing came between: what was not in the log then is not in
 * it when the row is, but for the row's own command.
 */
import type { ActorHead, AnyDefinition, Verdict } from './judge.ts';
import { judgeOnTruth } from './judge-on-truth.ts';
import { headOf } from './open.ts';
import type { Pending } from './pending.ts';
import type { Confirmed, StoredCommand } from './ports.ts';
import { answerMine, answerRefused, answerRemembered, answerUnchanged } from './reply.ts';
import type { TurnDeps } from './turn-deps.ts';

/** `verdict` undefined: an answer is remembered under this id. */
export interface Doubt {
  readonly pending: Pending;
  readonly verdict: Exclude<Verdict, { type: 'emits' }> | undefined;
}

/** What the log says, of one moment. */
interface Truth {
  readonly head: ActorHead;
  /** Not what was judged. */
  readonly stale: boolean;
  readonly mine: ReadonlyMap<string, StoredCommand>;
}

/** Answers what can be answered; returns what must be decided in another turn, in order. Never rejects. */
export async function confirmDoubts(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  judged: ActorHead,
  doubts: readonly Doubt[],
): Promise<readonly Pending[]> {
  if (doubts.length === 0) return [];
  let truth: Truth;
  try {
    truth = await truthOf(deps, definition, actor, judged, doubts);
  } catch (error) {
    for (const { pending } of doubts) pending.fail(error);
    return [];
  }
  return settleAll(deps, definition, doubts, truth);
}

/** To be asked beside the append of a row decided on `base`. undefined: it can't be told. */
export const askAhead = (
  deps: TurnDeps,
  { kind }: AnyDefinition,
  actor: string,
  base: ActorHead,
  doubts: readonly Doubt[],
): Promise<Confirmed | undefined> =>
  deps.log
    .confirm({ kind, actor, version: base.version, ids: doubts.map(({ pending }) => pending.envelope.commandId) })
    .catch(() => undefined);

/** As `confirmDoubts`, after the row that leads from `base` to `next` was won. */
export async function settleAhead(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  [base, next]: readonly [ActorHead, ActorHead],
  doubts: readonly Doubt[],
  asked: Promise<Confirmed | undefined>,
): Promise<readonly Pending[]> {
  const found = await asked;
  const told = found !== undefined && (isHead(found, base) || isHead(found, next)) && !found.quarantined;
  return told
    ? settleAll(deps, definition, doubts, { head: next, stale: false, mine: found.mine })
    : confirmDoubts(deps, definition, actor, next, doubts);
}

const isHead = (found: Confirmed, { version, commandId }: ActorHead): boolean =>
  found.version === version && found.commandId === commandId;

async function settleAll(
  deps: TurnDeps,
  definition: AnyDefinition,
  doubts: readonly Doubt[],
  truth: Truth,
): Promise<readonly Pending[]> {
  const settled = doubts.map((doubt) =>
    settleDoubt(deps, definition, doubt, truth).catch((error: unknown) => {
      doubt.pending.fail(error);
      return undefined;
    }),
  );
  return (await Promise.all(settled)).filter((pending) => pending !== undefined);
}

async function truthOf(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  judged: ActorHead,
  doubts: readonly Doubt[],
): Promise<Truth> {
  const { kind } = definition;
  const ids = doubts.map(({ pending }) => pending.envelope.commandId);
  const first = await deps.log.confirm({ kind, actor, version: judged.version, ids });
  const same = isHead(first, judged);
  if (same && first.quarantined === judged.quarantined) return { head: judged, stale: false, mine: first.mine };

  // What is in Redis goes, so that the next turn loads the truth.
  await deps.hot.finish([{ type: 'forget', kind, actor, version: judged.version }]).catch(() => undefined);
  if (same) return { head: { ...judged, quarantined: first.quarantined }, stale: true, mine: first.mine };
  // Where another row has the version that was judged its state was not asked for: again, head and ids of one moment.
  const known = first.head !== undefined || first.version === 0;
  const whole = known ? first : await deps.log.confirm({ kind, actor, version: 0, ids });
  return { head: headOf(definition, whole.head), stale: true, mine: whole.mine };
}

async function settleDoubt(
  deps: TurnDeps,
  definition: AnyDefinition,
  { pending, verdict }: Doubt,
  { head, stale, mine }: Truth,
): Promise<Pending | undefined> {
  const row = mine.get(pending.envelope.commandId);
  if (row) answerMine(deps, definition, pending, row);
  else if (pending.remembered !== null) answerRemembered(deps, definition, pending, pending.remembered, head);
  else {
    const now = stale || verdict === undefined ? await judgeOnTruth(deps, definition, head, pending) : verdict;
    if (now?.type === 'emits') return pending;
    if (now?.type === 'unchanged') await answerUnchanged(deps, definition, pending, head);
    if (now?.type === 'refused') await answerRefused(deps, definition, pending, now.refusal, head);
  }
  return undefined;
}
