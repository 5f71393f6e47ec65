/** Errors as `application/problem+json` (RFC 9457) with `code`. */
import { AndonError, codeOf } from '../errors.ts';
import type { Reply } from './route.ts';

/** Seconds, where the error does not say otherwise (`retryAfterSeconds`). */
const RETRY_AFTER: Readonly<Record<string, number>> = { too_many: 1, overloaded: 1, unavailable: 1 };

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
  const retry = details['retryAfterSeconds'] ?? RETRY_AFTER[code];
  return {
    status,
    headers: {
      ...(retry === undefined ? {} : { 'Retry-After': String(retry) }),
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

/** A refusal as the reply of a handler. */
export function problemReply(
  code: string,
  status: number | undefined,
  details: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, string>> = {},
): Reply {
  const { headers, body, status: shown } = problem(status === undefined ? 'internal' : code, status ?? 500, details);
  return { status: shown, body, headers: { ...headers, ...more, 'Content-Type': 'application/problem+json' } };
}
