/** Answers, and what of them is remembered. */
import type { Answer, Refusal } from './actor.ts';
import type { ActorHead, AnyDefinition } from './judge.ts';
import { pack, unpack } from './packed.ts';
import type { Pending } from './pending.ts';
import type { StoredCommand } from './ports.ts';
import type { TurnDeps } from './turn-deps.ts';

/**
 * What Redis remembers under a command id for which nothing stands in the log: a refusal, or an acceptance without
 * effect, which must not have one later. `by` tells which of several equal answers was the first.
 */
type Remembered = { readonly by: string; readonly hash: string } & (
  | { readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly version: number; readonly state: string }
);

/** Never remembered: what is no 409 outside, and what another version may answer differently. */
const FORGOTTEN: readonly string[] = [
  'not_found',
  'invalid',
  'version_changed',
  'idempotency_key_reused',
  'quarantined',
  'forbidden',
];

function settle(deps: TurnDeps, pending: Pending, answer: Answer): void {
  const { kind, command } = pending.envelope;
  deps.answered(kind, command.type, answer.ok ? 'ok' : answer.code);
  pending.settle(answer);
}

export function answerWon(deps: TurnDeps, pending: Pending, head: ActorHead): void {
  settle(deps, pending, { ok: true, version: head.version, state: head.state, replay: false });
}

/** The command id stands in the log: the answer is that row's, if it was the same command. */
export function answerMine(deps: TurnDeps, definition: AnyDefinition, pending: Pending, row: StoredCommand): void {
  if (row.hash !== pending.envelope.hash) {
    settle(deps, pending, { ok: false, code: 'idempotency_key_reused', details: {}, replay: false });
    return;
  }
  const state = definition.upcast(row.after, row.stateVersion);
  settle(deps, pending, { ok: true, version: row.version, state, replay: true });
}

/** Accepted without effect: the present state, no new version. */
export async function answerUnchanged(
  deps: TurnDeps,
  definition: AnyDefinition,
  pending: Pending,
  head: ActorHead,
): Promise<void> {
  const { hash, repeatable } = pending.envelope;
  if (repeatable) {
    const { version } = head;
    const record = { by: deps.newToken(), hash, version, state: pack(definition, head.state) };
    if (await rememberedOther(deps, definition, pending, record, head)) return;
  }
  answerWon(deps, pending, head);
}

export async function answerRefused(
  deps: TurnDeps,
  definition: AnyDefinition,
  pending: Pending,
  said: Refusal,
  head: ActorHead,
): Promise<void> {
  const { hash, repeatable } = pending.envelope;
  const { refused: code, details = {} } = said;
  if (repeatable && !FORGOTTEN.includes(code)) {
    const record = { by: deps.newToken(), hash, code, details };
    if (await rememberedOther(deps, definition, pending, record, head)) return;
  }
  settle(deps, pending, refusal(code, details, head, false));
}

/**
 * Of parallel repeats only the first to be remembered is new; the others get its answer, and true is returned. Redis
 * away: best effort.
 */
async function rememberedOther(
  deps: TurnDeps,
  definition: AnyDefinition,
  pending: Pending,
  answer: Remembered,
  head: ActorHead,
): Promise<boolean> {
  const { kind, actor, commandId } = pending.envelope;
  const record = JSON.stringify(answer);
  const [kept] = await deps.hot.finish([{ type: 'refusal', kind, actor, commandId, record }]).catch(() => [record]);
  if (kept === undefined || kept === record) return false;
  answerRemembered(deps, definition, pending, kept, head);
  return true;
}

/** What was found under the command id. */
export function answerRemembered(
  deps: TurnDeps,
  definition: AnyDefinition,
  pending: Pending,
  record: string,
  head: ActorHead,
): void {
  const found = JSON.parse(record) as Remembered;
  if (found.hash !== pending.envelope.hash) {
    settle(deps, pending, refusal('idempotency_key_reused', {}, head, false));
  } else if ('code' in found) settle(deps, pending, refusal(found.code, found.details, head, true));
  else {
    const state = unpack(definition, found.state);
    settle(deps, pending, { ok: true, version: found.version, state, replay: true });
  }
}

function refusal(code: string, details: Readonly<Record<string, unknown>>, head: ActorHead, replay: boolean): Answer {
  const seen = head.state !== undefined && code !== 'not_found' ? { version: head.version, state: head.state } : {};
  return { ok: false, code, details, replay, ...seen };
}
