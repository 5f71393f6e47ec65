/**
 * The turn: one drain of an actor's mailbox.
 *
 * T1 Postgres decides: a row is accepted when the log took it, by its base, its command id and its claims. A lost lease,
 *    a pause past it or a stale state in Redis costs a retry, never a wrong result.
 * T2 No refusal leaves a turn unchecked: it is answered only for the state that is the log's head, and only if none of
 *    the turn's command ids stands in the log already.
 * T3 Rows of one actor are appended one after the other, each decided on the one before. A turn goes on with the state
 *    that it knows while its commands emit, for a short run: it spares each of them loading and releasing.
 * T4 What fails (a fact that is not to be had, a bug in a decision or projection) fails alone: what the log took is
 *    answered as accepted, and the neighbours in the mailbox go on.
 * T5 The reply waits for Redis, but not for long after the commit: whoever has an answer finds it applied.
 */
import { unavailable } from '../errors.ts';
import { applyItems } from './apply.ts';
import { askAhead, confirmDoubts, settleAhead } from './doubts.ts';
import type { ActorHead, AnyDefinition } from './judge.ts';
import { type Emitting, type Judged, judgeAhead, judgeInOrder, NOTHING } from './judge-in-order.ts';
import { refreshFacts } from './judge-on-truth.ts';
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
/** One turn appends so many rows, for so many milliseconds; then another process gets its chance. */
const RUN = 16;
const RUN_MS = 20;

interface Turn extends Opened {
  readonly deps: TurnDeps;
  readonly definition: AnyDefinition;
  readonly actor: string;
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
    const again = await decideAndAppend({ deps, definition, actor, ...opened }, unanswered(batch));
    if (again.length > 0) queue.unshift(...again);
  } catch (error) {
    for (const pending of batch) pending.fail(error);
  }
}

/** Those whose time is over fail; nothing of them was tried. */
function inTime(deps: TurnDeps, batch: readonly Pending[]): readonly Pending[] {
  const now = deps.now();
  for (const pending of batch) if (pending.until <= now) pending.fail(unavailable('the log'));
  return unanswered(batch);
}

const unanswered = (batch: readonly Pending[]): readonly Pending[] =>
  batch.some((pending) => pending.over) ? batch.filter((pending) => !pending.over) : batch;

/** Returns the commands that must be decided in another turn, in order. */
async function decideAndAppend(turn: Turn, batch: readonly Pending[]): Promise<readonly Pending[]> {
  const { deps, definition, actor } = turn;
  const until = deps.now() + RUN_MS;
  const settling: Promise<readonly Pending[]>[] = [];
  const doubt = (head: ActorHead, { doubts }: Judged): void => {
    if (doubts.length > 0) settling.push(confirmDoubts(deps, definition, actor, head, doubts));
  };
  let head = turn.head;
  let judged = await judgeInOrder(deps, definition, head, batch);
  doubt(head, judged);
  if (judged.emitting === undefined) void release(turn);

  for (let rows = 1; judged.emitting !== undefined; rows++) {
    const { emitting, rest }: Judged = judged;
    const { next } = emitting;
    const ahead = rest.length === 0 ? NOTHING : judgeAhead(definition, emitting, rest, deps.now());
    const asked = ahead.doubts.length === 0 ? undefined : askAhead(deps, definition, actor, head, ahead.doubts);
    const appended = await append(deps, emitting.row);
    if (appended.result !== 'won' && !(appended.result === 'mine' && appended.own)) {
      await giveUp(turn, appended.result === 'lost' ? head.version : undefined);
      return [...(await all(settling)), ...(await afterNoRow(turn, emitting.pending, appended)), ...rest];
    }
    const goesOn =
      ahead.emitting !== undefined && rows < RUN && deps.now() < Math.min(until, ahead.emitting.pending.until);
    settling.push(answerApplied(goesOn ? { ...turn, token: null } : turn, emitting));
    if (asked) settling.push(settleAhead(deps, definition, actor, [head, next], ahead.doubts, asked));
    head = next;
    if (goesOn) judged = ahead;
    else if (ahead.emitting) return [...(await all(settling)), ahead.emitting.pending, ...ahead.rest];
    else if (ahead.rest.length === 0) break;
    else {
      const later = await judgeInOrder(deps, definition, head, ahead.rest);
      doubt(head, later);
      return [...(await all(settling)), ...(later.emitting ? [later.emitting.pending] : []), ...later.rest];
    }
  }
  return all(settling);
}

const all = async (settling: readonly Promise<readonly Pending[]>[]): Promise<readonly Pending[]> =>
  (await Promise.all(settling)).flat();

async function append(deps: TurnDeps, row: NewRow): Promise<Appended | Failed> {
  try {
    return await deps.log.append(row);
  } catch (error) {
    return { result: 'failed', error };
  }
}

/** Whoever has the answer finds it applied. */
async function answerApplied(turn: Turn, { pending, row, next }: Emitting): Promise<readonly never[]> {
  await turn.deps.patiently(apply(turn, row));
  answerWon(turn.deps, pending, next);
  return [];
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
  try {
    await deps.hot.finish(items);
  } catch {
    // Redis is away: the reconciler does it
  }
}

/** Nothing was appended: the lease goes, and a state that was read in Postgres stays in Redis, for the next turn. */
async function release(turn: Turn): Promise<void> {
  const { deps, definition, actor, token, cold, head } = turn;
  const { kind } = definition;
  const { version, quarantined, commandId } = head;
  if (!cold || commandId === null) return giveUp(turn);
  const json = pack(definition, head.state);
  await deps.hot
    .finish([{ type: 'state', kind, actor, token, version, commandId, json, quarantined, message: null }])
    .catch(() => undefined);
}

/** The lease goes; so does the state in Redis if it still has the version `stale`. */
async function giveUp({ deps, definition: { kind }, actor, token }: Turn, stale?: number): Promise<void> {
  const items: FinishItem[] = [];
  if (stale !== undefined) items.push({ type: 'forget', kind, actor, version: stale });
  if (token !== null) items.push({ type: 'unlock', kind, actor, token });
  if (items.length > 0) await deps.hot.finish(items).catch(() => undefined);
}

type Failed = { readonly result: 'failed'; readonly error: unknown };
type NoRow = Exclude<Appended, { result: 'won' }> | Failed;

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
