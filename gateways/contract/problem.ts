/** What went wrong, in words that stay: the same codes over REST (`application/problem+json`) and sockets. */
import Type, { type Static } from 'typebox';

/** Refusals: a *no* of an actor. Closed list. */
export const REFUSALS = [
  'already_captured',
  'stale_epoch',
  'not_holder',
  'wip_limit',
  'wrong_site',
  'wrong_skill',
  'off_shift',
  'wrong_status',
  'on_hold',
  'price_expired',
  'price_changed',
  'cancel_pending',
  'nothing_pending',
  'reference_taken',
  'quarantined',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

export const FaultShape = Type.Object({
  path: Type.String({ description: 'JSON pointer' }),
  rule: Type.String(),
});
export type FaultShape = Static<typeof FaultShape>;

/** RFC 9457 with `code`; what a code carries besides stands beside it (holder, order, errors, …). */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(FaultShape)),
});
export type Problem = Static<typeof Problem> & { readonly [detail: string]: unknown };
