/** Answers, and what of them is remembered. */
import type { Answer, Refusal } from './actor.ts';
import type { ActorHead, AnyDefinition } from './judge.ts';
import type { Pending } from './pending.ts';
import type { StoredCommand } from './ports.ts';
import type { TurnDeps } from './turn-deps.ts';

/** A refusal as Redis remembers it under its command id. */
interface Remembered {
  readonly hash: string;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

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
export const answerUnchanged = answerWon;

/** A refusal found under the command id. */
export function answerRemembered(deps: TurnDeps, pending: Pending, record: string, head: ActorHead): void {
  const { hash, code, details } = JSON.parse(record) as Remembered;
  if (hash === pending.envelope.hash) settle(deps, pending, refusal(code, details, head, true));
  else settle(deps, pending, refusal('idempotency_key_reused', {}, head, false));
}

/** Of parallel repeats only the first to be remembered is new; the others get its answer. Redis away: best effort. */
export async function answerRefused(deps: TurnDeps, pending: Pending, said: Refusal, head: ActorHead): Promise<void> {
  const { kind, actor, commandId, hash, repeatable } = pending.envelope;
  const details = said.details ?? {};
  if (repeatable && !FORGOTTEN.includes(said.refused)) {
    const record = JSON.stringify({ hash, code: said.refused, details } satisfies Remembered);
    const [kept] = await deps.hot.finish([{ type: 'refusal', kind, actor, commandId, record }]).catch(() => [record]);
    if (kept !== undefined && kept !== record) {
      answerRemembered(deps, pending, kept, head);
      return;
    }
  }
  settle(deps, pending, refusal(said.refused, details, head, false));
}

function refusal(code: string, details: Readonly<Record<string, unknown>>, head: ActorHead, replay: boolean): Answer {
  const seen = head.state !== undefined && code !== 'not_found' ? { version: head.version, state: head.state } : {};
  return { ok: false, code, details, replay, ...seen };
}
