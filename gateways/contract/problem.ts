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

/** What a command of an order may be answered with besides success. */
export const REFUSED: readonly string[] = [...REFUSALS, 'overloaded'];

/** HTTP status of every code that is no refusal. */
export const STATUS: Readonly<Record<string, number>> = {
  malformed: 400,
  upload_aborted: 400,
  unauthenticated: 401,
  forbidden: 403,
  bad_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  login_taken: 409,
  version_changed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  invalid: 422,
  not_a_model: 422,
  idempotency_key_reused: 422,
  idempotency_key_required: 428,
  too_many: 429,
  overloaded: 503,
  unavailable: 503,
};

export const isRefusal = (code: string): boolean => REFUSALS.some((refusal) => refusal === code);

/** undefined: a code that is not meant to be seen. */
export const httpStatusOf = (code: string): number | undefined => (isRefusal(code) ? 409 : STATUS[code]);

export const Fault = Type.Object({
  path: Type.String({ description: 'JSON pointer' }),
  rule: Type.String(),
});

/** RFC 9457 with `code`; what a code carries besides stands beside it: `problems.ts`. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(Fault)),
});
export type Problem = Static<typeof Problem> & { readonly [detail: string]: unknown };
