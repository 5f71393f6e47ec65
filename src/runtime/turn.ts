/**
 * The turn: one drain of an actor's mailbox.
 *
 * T1 Postgres decides: a row is accepted when the log took it, by its base, its command id and its claims. A lost lease,
 *    a pause past it or a stale state in Redis costs a retry, never a wrong result.
 * T2 No refusal leaves a turn unchecked: it is answered only for the state that is the log's head, and only if none of
 *    the turn's command ids stands in the log already.
 * T3 At most one row of one actor per turn; commands after it that would be accepted too wait for the next turn, in order.
 * T4 The reply waits for Redis at most `applyWaitMs` after the commit: whoever has an answer finds it applied.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../errors.ts';
import { applyItems } from './apply.ts';
import { confirmDoubts, type Doubt } from './doubts.ts';
import type { ActorHead, AnyDefinition } from './judge.ts';
import { judgeOnTruth, refreshFacts } from './judge-on-truth.ts';
import { open } from './open.ts';
import type { Pending } from './pending.ts';
import type { Appended, FinishItem, NewRow } from './ports.ts';
import { answerMine, answerWon } from './reply.ts';
import type { TurnDeps } from './turn-deps.ts';

/** Most commands that one turn takes from the mailbox: keeps script calls and confirming reads small. */
const DRAIN = 256;
/** A row that lost this often against others is told to come back later. */
const LOST_LIMIT = 10;

interface Emitting {
  readonly pending: Pending;
  readonly row: NewRow;
  readonly next: ActorHead;
}

interface Judged {
  readonly doubts: readonly Doubt[];
  readonly emitting: Emitting | undefined;
  readonly rest: readonly Pending[];
}

export async function takeTurn(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  queue: Pending[],
): Promise<void> {
  const batch = inTime(deps, queue.splice(0, DRAIN));
  if (batch.length === 0) return;
  let again: readonly Pending[] = batch;
  try {
    const { head, token } = await open(deps, definition, actor, batch);
    again = await decideAndAppend(deps, definition, actor, head, token, batch);
  } catch (error) {
    for (const pending of batch) pending.fail(error);
    again = [];
  }
  queue.unshift(...again);
}

/** Those whose time is over fail; nothing of them was tried. */
function inTime(deps: TurnDeps, batch: readonly Pending[]): readonly Pending[] {
  const now = deps.now();
  const [late, open] = [batch.filter((p) => p.until <= now), batch.filter((p) => p.until > now)];
  for (const pending of late) pending.fail(unavailable('the log'));
  return open;
}

/** Returns the commands that must be decided in another turn, in order. */
async function decideAndAppend(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  head: ActorHead,
  token: string | null,
  batch: readonly Pending[],
): Promise<readonly Pending[]> {
  const { doubts, emitting, rest } = await judgeInOrder(deps, definition, head, batch);
  const confirming = confirmDoubts(deps, definition, actor, head, doubts);
  if (emitting === undefined) {
    const unlock: FinishItem[] = token === null ? [] : [{ type: 'unlock', kind: definition.kind, actor, token }];
    if (unlock.length > 0) deps.hot.finish(unlock).catch(() => undefined);
    return confirming;
  }
  const appending = deps.log.append(emitting.row).catch((error: unknown) => ({ result: 'failed' as const, error }));
  const [early, appended] = await Promise.all([confirming, appending]);
  if (appended.result === 'won' || (appended.result === 'mine' && appended.own)) {
    const late = await afterWin(deps, definition, actor, token, emitting, rest);
    return [...early, ...late];
  }
  await giveUpState(deps, definition, actor, head, token, appended.result === 'lost');
  const retry = await afterNoRow(deps, definition, emitting.pending, appended);
  return [...early, ...retry, ...rest];
}

/** In order up to the first command that emits events. */
async function judgeInOrder(
  deps: TurnDeps,
  definition: AnyDefinition,
  head: ActorHead,
  batch: readonly Pending[],
): Promise<Judged> {
  const doubts: Doubt[] = [];
  for (const [i, pending] of batch.entries()) {
    const verdict = pending.remembered === null ? await judgeOnTruth(deps, definition, head, pending) : undefined;
    if (verdict?.type === 'emits') {
      return { doubts, emitting: { pending, row: verdict.row, next: verdict.next }, rest: batch.slice(i + 1) };
    }
    doubts.push({ pending, verdict });
  }
  return { doubts, emitting: undefined, rest: [] };
}

/** Applies the row, answers its command, and answers those after it that the new state refuses. */
async function afterWin(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  token: string | null,
  { pending, row, next }: Emitting,
  rest: readonly Pending[],
): Promise<readonly Pending[]> {
  const applied = deps.hot.finish(applyItems(definition, row, token)).catch(() => undefined);
  const answered = Promise.race([applied, sleep(deps.applyWaitMs)]).then(() => {
    answerWon(deps, pending, next);
  });
  const { doubts, emitting, rest: after } = await judgeInOrder(deps, definition, next, rest);
  const [doubtful] = await Promise.all([confirmDoubts(deps, definition, actor, next, doubts), answered]);
  return [...doubtful, ...(emitting ? [emitting.pending] : []), ...after];
}

/** What was loaded may be stale: it goes, unless it has been replaced meanwhile; so does the lease. */
async function giveUpState(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  head: ActorHead,
  token: string | null,
  stale: boolean,
): Promise<void> {
  const items: FinishItem[] = [];
  if (stale) items.push({ type: 'forget', kind: definition.kind, actor, version: head.version });
  if (token !== null) items.push({ type: 'unlock', kind: definition.kind, actor, token });
  if (items.length > 0) await deps.hot.finish(items).catch(() => undefined);
}

type NoRow = Exclude<Appended, { result: 'won' }> | { readonly result: 'failed'; readonly error: unknown };

async function afterNoRow(
  deps: TurnDeps,
  definition: AnyDefinition,
  pending: Pending,
  appended: NoRow,
): Promise<readonly Pending[]> {
  switch (appended.result) {
    case 'failed':
      pending.fail(appended.error);
      return [];
    case 'mine':
      answerMine(deps, definition, pending, appended);
      return [];
    case 'claim':
      for (const [name, holder] of appended.held) pending.taken.set(name, holder);
      await refreshFacts(deps, definition, pending);
      return [pending];
    case 'lost':
      pending.lost += 1;
      if (pending.lost < LOST_LIMIT) return [pending];
      pending.fail(unavailable('this actor (too many writers)'));
      return [];
  }
}
