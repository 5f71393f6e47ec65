/**
 * The commands of a turn, one by one in the order they came, up to the first that emits events.
 *
 * While its row is under way those behind it are judged ahead, on the state that the row leads to. That is pure: nobody
 * is answered and nothing fails before the row is won. What can't be said at once (a refusal on facts that may be stale,
 * a bug in a decision, a repeat of the very command under way) is left for later, with all that stands behind it.
 */
import type { Doubt } from './doubts.ts';
import { type ActorHead, type AnyDefinition, judge, type Verdict } from './judge.ts';
import { judgeOnTruth, wantsTruth } from './judge-on-truth.ts';
import type { Pending } from './pending.ts';
import type { NewRow } from './ports.ts';
import type { TurnDeps } from './turn-deps.ts';

export interface Emitting {
  readonly pending: Pending;
  readonly row: NewRow;
  readonly next: ActorHead;
}

export interface Judged {
  readonly doubts: readonly Doubt[];
  readonly emitting: Emitting | undefined;
  /** Not judged. */
  readonly rest: readonly Pending[];
}

export const NOTHING: Judged = { doubts: [], emitting: undefined, rest: [] };

export async function judgeInOrder(
  deps: TurnDeps,
  definition: AnyDefinition,
  head: ActorHead,
  batch: readonly Pending[],
): Promise<Judged> {
  const doubts: Doubt[] = [];
  for (const [i, pending] of batch.entries()) {
    const judged = pending.remembered === null ? judgeOnTruth(deps, definition, head, pending) : undefined;
    const verdict = judged instanceof Promise ? await judged : judged;
    if (pending.over) continue;
    if (verdict?.type === 'emits') return { doubts, emitting: emits(pending, verdict), rest: batch.slice(i + 1) };
    doubts.push({ pending, verdict });
  }
  return { doubts, emitting: undefined, rest: [] };
}

export function judgeAhead(
  definition: AnyDefinition,
  { row, next }: Emitting,
  batch: readonly Pending[],
  now: number,
): Judged {
  const doubts: Doubt[] = [];
  for (const [i, pending] of batch.entries()) {
    if (pending.envelope.commandId === row.commandId) return { doubts, emitting: undefined, rest: batch.slice(i) };
    const verdict = pending.remembered === null ? verdictAtOnce(definition, next, pending, now) : undefined;
    if (verdict === 'later') return { doubts, emitting: undefined, rest: batch.slice(i) };
    if (verdict?.type === 'emits') return { doubts, emitting: emits(pending, verdict), rest: batch.slice(i + 1) };
    doubts.push({ pending, verdict });
  }
  return { doubts, emitting: undefined, rest: [] };
}

const emits = (pending: Pending, { row, next }: Extract<Verdict, { type: 'emits' }>): Emitting => ({
  pending,
  row,
  next,
});

function verdictAtOnce(definition: AnyDefinition, head: ActorHead, pending: Pending, now: number): Verdict | 'later' {
  try {
    const verdict = judge(definition, head, pending, now);
    return wantsTruth(verdict, pending) ? 'later' : verdict;
  } catch {
    return 'later';
  }
}
