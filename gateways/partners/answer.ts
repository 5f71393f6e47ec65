/** What an order answered, as the status and body of a reply: of one request, or of one item of a batch. */
import type { OrderState } from '../../actors/order/state.ts';
import { problem } from '../../src/http/problem.ts';
import type { Principal } from '../../src/identity/principal.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import type { Order } from '../contract/order.ts';
import { httpStatusOf } from '../contract/problem.ts';
import { renderDetails, textOf } from '../contract/refusal.ts';
import { shown } from './own-order.ts';

export type Told =
  | { readonly ok: true; readonly version: number; readonly order: Order }
  | { readonly ok: false; readonly code: string; readonly status: number; readonly details: Record<string, unknown> };

/** A code nobody outside knows is `internal`. */
export function tell(answer: Answer, partner: Principal): Told {
  const state = answer.state as OrderState | undefined; // this kind's states
  if (answer.ok) {
    const { version } = answer;
    return { ok: true, version, order: shown(answer.state as OrderState, version, partner) };
  }
  const { code, version } = answer;
  const status = httpStatusOf(code);
  if (status === undefined) return { ok: false, code: 'internal', status: 500, details: {} };
  if (code !== 'version_changed') {
    const details = renderDetails(answer.details, { staff: false, id: partner.id }, () => undefined);
    return { ok: false, code, status, details };
  }
  const own = state?.tenant === partner.tenant && version !== undefined;
  return { ok: false, code, status, details: own ? { order: shown(state, version, partner) } : {} };
}

/** The same words as an answer of its own would have. */
export const itemOf = (told: Told, created: number): object =>
  told.ok
    ? { status: created, order: told.order }
    : problem(told.code, told.status, told.details, textOf(told.code)).body;
