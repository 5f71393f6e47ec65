/**
 * The turn: one drain of an actor's mailbox.
 *
 * T1 Postgres decides: a row is accepted when the log took it, by its base, its command id and its claims. A lost lease,
 *    a pause past it or a stale state in Redis costs a retry, never a wrong result.
 * T2 No refusal leaves a turn unchecked: it is answered only for the state that is the log's head, and only if none of
 *    the turn's command ids stands in the log already.
 * T3 At most one row of one actor per turn; commands after it that would be accepted too wait for the next turn, in order.
 * T4 What fails (a fact that is not to be had, a bug in a decision or projection) fails alone: what the log took is
 *    answered as accepted, and the neighbours in the mailbox go on.
 * T5 The reply waits for Redis at most `applyWaitMs` after the commit: whoever has an answer finds it applied.
 */
import { unavailable } from '../errors.ts';
import { applyItems } from './apply.ts';
import { atMost } from './at-most.ts';
import { confirmDoubts, type Doubt } from './doubts.ts';
import type { ActorHead, AnyDefinition } from './judge.ts';
import { judgeOnTruth, refreshFacts } from './judge-on-truth.ts';
import { type Opened, open } from './open.ts';
import { pack } from './packed.ts';
import type { Pending } from './pending.ts';
import type { Appended, FinishItem, NewRow } from './ports.ts';
import { answerMine, answerWon } from './reply.ts';
import type { TurnDeps } from './turn-deps.ts';

/** Most commands that one turn takes from the mailbox: keeps script calls and confirming reads small. */
const DRAIN = 256;
/** A row that lost this often against others is told to come back later. */
const LOST_LIMIT = 10;

interface Turn extends Opened {
  readonly deps: TurnDeps;
  readonly definition: AnyDefinition;
  readonly actor: string;
}

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

/** Takes commands from the front of the queue; what must be decided again it puts back. Never rejects. */
export async function takeTurn(
  deps: TurnDeps,
  definition: AnyDefinition,
  actor: string,
  queue: Pending[],
): Promise<void> {
  const batch = inTime(deps, queue.splice(0, DRAIN));
  if (batch.length === 0) return;
  try {
    const opened = await open(deps, definition, actor, batch);
    const answerable = batch.filter((pending) => !pending.over);
    queue.unshift(...(await decideAndAppend({ deps, definition, actor, ...opened }, answerable)));
  } catch (error) {
    for (const pending of batch) pending.fail(error);
  }
}

/** Those whose time is over fail; nothing of them was tried. */
function inTime(deps: TurnDeps, batch: readonly Pending[]): readonly Pending[] {
  const now = deps.now();
  for (const pending of batch) if (pending.until <= now) pending.fail(unavailable('the log'));
  return batch.filter((pending) => !pending.over);
}

/** Returns the commands that must be decided in another turn, in order. */
async function decideAndAppend(turn: Turn, batch: readonly Pending[]): Promise<readonly Pending[]> {
  const { deps, definition, actor, head } = turn;
  const { doubts, emitting, rest } = await judgeInOrder(turn, head, batch);
  const confirming = confirmDoubts(deps, definition, actor, head, doubts);
  if (emitting === undefined) {
    void (turn.cold && head.commandId !== null ? warm(turn, head.commandId) : giveUp(turn));
    return confirming;
  }
  const appending = deps.log.append(emitting.row).catch((error: unknown) => ({ result: 'failed' as const, error }));
  const [early, appended] = await Promise.all([confirming, appending]);
  if (appended.result === 'won' || (appended.result === 'mine' && appended.own)) {
    return [...early, ...(await afterWin(turn, emitting, rest))];
  }
  await giveUp(turn, appended.result === 'lost' ? head.version : undefined);
  return [...early, ...(await afterNoRow(turn, emitting.pending, appended)), ...rest];
}

/** In order up to the first command that emits events. */
async function judgeInOrder({ deps, definition }: Turn, head: ActorHead, batch: readonly Pending[]): Promise<Judged> {
  const doubts: Doubt[] = [];
  for (const [i, pending] of batch.entries()) {
    const verdict = pending.remembered === null ? await judgeOnTruth(deps, definition, head, pending) : undefined;
    if (pending.over) continue;
    if (verdict?.type === 'emits') {
      return { doubts, emitting: { pending, row: verdict.row, next: verdict.next }, rest: batch.slice(i + 1) };
    }
    doubts.push({ pending, verdict });
  }
  return { doubts, emitting: undefined, rest: [] };
}

/** Applies the row, answers its command, and answers those after it that the new state refuses. */
async function afterWin(
  turn: Turn,
  { pending, row, next }: Emitting,
  rest: readonly Pending[],
): Promise<readonly Pending[]> {
  const { deps, definition, actor } = turn;
  const answered = atMost(deps.applyWaitMs, apply(turn, row)).then(() => answerWon(deps, pending, next));
  const { doubts, emitting, rest: after } = await judgeInOrder(turn, next, rest);
  const [doubtful] = await Promise.all([confirmDoubts(deps, definition, actor, next, doubts), answered]);
  return [...doubtful, ...(emitting ? [emitting.pending] : []), ...after];
}

/** A bug in a projection does not take back what the log took: lease and old state go, the views are behind. */
async function apply(turn: Turn, row: NewRow): Promise<void> {
  const { deps, definition, token } = turn;
  let items: FinishItem[];
  try {
    items = applyItems(definition, row, token);
  } catch (error) {
    const { kind, actor, version } = row;
    deps.report('projection_failed', { kind, actor, version, error });
    return giveUp(turn, version - 1);
  }
  await deps.hot.finish(items).catch(() => undefined);
}

/** Leaves the state that was read in Postgres in Redis, for the next turn. */
async function warm({ deps, definition, actor, token, head }: Turn, commandId: string): Promise<void> {
  const { kind } = definition;
  const { version, quarantined } = head;
  const json = pack(definition, head.state);
  await deps.hot
    .finish([{ type: 'state', kind, actor, token, version, commandId, json, quarantined, message: '' }])
    .catch(() => undefined);
}

/** The lease goes; so does the state in Redis if it still has the version `stale`. */
async function giveUp({ deps, definition: { kind }, actor, token }: Turn, stale?: number): Promise<void> {
  const items: FinishItem[] = [];
  if (stale !== undefined) items.push({ type: 'forget', kind, actor, version: stale });
  if (token !== null) items.push({ type: 'unlock', kind, actor, token });
  if (items.length > 0) await deps.hot.finish(items).catch(() => undefined);
}

type NoRow = Exclude<Appended, { result: 'won' }> | { readonly result: 'failed'; readonly error: unknown };

/** Returns the command if it is to be decided again. */
async function afterNoRow({ deps, definition }: Turn, pending: Pending, appended: NoRow): Promise<readonly Pending[]> {
  switch (appended.result) {
    case 'failed':
      pending.fail(appended.error);
      break;
    case 'mine':
      answerMine(deps, definition, pending, appended);
      break;
    case 'claim':
      pending.foundTaken(appended.held);
      await refreshFacts(deps, definition, pending).catch((error: unknown) => pending.fail(error));
      break;
    case 'lost':
      pending.lost += 1;
      pending.factsTrue = false;
      if (pending.lost >= LOST_LIMIT) pending.fail(unavailable('this actor (too many writers)'));
      break;
  }
  return pending.over ? [] : [pending];
}
