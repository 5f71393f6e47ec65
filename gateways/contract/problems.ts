/** What each code of `problem.ts` carries besides itself: as a problem over REST, as a *no* over a socket. */
import Type, { type TObject, type TProperties } from 'typebox';
import { Order, Price } from './order.ts';
import { Fault, httpStatusOf, REFUSALS, STATUS } from './problem.ts';
import { nullable, Person, Time, Uuid } from './shapes.ts';

/** Every code there is; closed. `internal`: a bug of ours. */
export const CODES: readonly string[] = [...REFUSALS, ...Object.keys(STATUS), 'internal'];

const count = Type.Integer({ minimum: 0 });
/** Only staff is told of a holder. */
const Holder = Type.Optional(Person);

const DETAILS: Readonly<Record<string, TProperties>> = {
  already_captured: { holder: Holder, since: Time, epoch: count },
  stale_epoch: { epoch: count, holder: Type.Optional(nullable(Person)) },
  wip_limit: { held: count, limit: count },
  wrong_status: {
    status: Type.String({ description: 'that of the order or job, not of HTTP' }),
    allowed: Type.Array(Type.String()),
    revision: Type.Optional(count),
  },
  price_changed: { price: nullable(Price) },
  nothing_pending: { what: Type.String() },
  reference_taken: { order: Uuid },
  version_changed: { order: Type.Optional(Order), version: Type.Optional(count) },
  invalid: { errors: Type.Array(Fault) },
  not_a_model: { bytes: count },
  range_not_satisfiable: { bytes: count },
  too_large: { limit: count },
  too_many: { limit: count, quota: Type.Optional(Type.String()), retryAfterSeconds: Type.Optional(count) },
  forbidden: { scope: Type.Optional(Type.String({ description: 'that the key does not have' })) },
  unavailable: { retryAfterSeconds: Type.Optional(count) },
};

const statusOf = (code: string): number => httpStatusOf(code) ?? 500;

/** `application/problem+json` with this code. */
export const problemSchema = (code: string): TObject =>
  Type.Object({
    type: Type.Literal(`urn:andon:problem:${code}`),
    title: Type.Literal(code.replaceAll('_', ' ')),
    status: Type.Literal(statusOf(code)),
    code: Type.Literal(code),
    detail: Type.Optional(Type.String()),
    ...DETAILS[code],
  });

/** Acknowledgement with this code. `order`: as it is now, where the caller may see it; `replay`: remembered for the key. */
export const nackSchema = (code: string): TObject =>
  Type.Object({
    ok: Type.Literal(false),
    code: Type.Literal(code),
    order: Type.Optional(Order),
    replay: Type.Optional(Type.Literal(true)),
    ...DETAILS[code],
  });

/** By HTTP status. */
export function byStatus(codes: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const code of CODES.filter((one) => codes.includes(one)))
    found.set(statusOf(code), [...(found.get(statusOf(code)) ?? []), code]);
  return found;
}
