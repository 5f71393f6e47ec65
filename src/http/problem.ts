/** Errors as `application/problem+json` (RFC 9457) with `code`. */
import { AndonError, codeOf } from '../errors.ts';

/** Codes of HTTP and the machine; an edge adds those of its refusals. */
export const HTTP_STATUS: Readonly<Record<string, number>> = {
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
  invalid: 422,
  idempotency_key_reused: 422,
  idempotency_key_required: 428,
  too_many: 429,
  overloaded: 503,
  unavailable: 503,
  redis_away: 503,
};

const RETRY_AFTER: Readonly<Record<string, string>> = { too_many: '1', overloaded: '1', unavailable: '1' };

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `details` stand beside the rest and go before `status`: in `wrong_status {status, allowed}` it is the order's. */
export function problem(
  code: string,
  status: number,
  details: Readonly<Record<string, unknown>> = {},
  text?: string,
): ProblemAnswer {
  const retry = RETRY_AFTER[code];
  return {
    status,
    headers: {
      ...(retry === undefined ? {} : { 'Retry-After': retry }),
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    },
    body: {
      status,
      ...details,
      type: `urn:andon:problem:${code}`,
      title: code.replaceAll('_', ' '),
      code,
      ...(text === undefined ? {} : { detail: text }),
    },
  };
}

/** Anything thrown. What is not meant to be shown is `internal` (or `unavailable`) and says nothing more. */
export function problemOf(error: unknown, statusOf: (code: string) => number | undefined): ProblemAnswer {
  const code = codeOf(error) === 'redis_away' ? 'unavailable' : codeOf(error);
  const status = error instanceof AndonError ? statusOf(code) : undefined;
  if (status === undefined || !(error instanceof AndonError)) return problem('internal', 500);
  return error.expose ? problem(code, status, error.details, error.message) : problem(code, status);
}
