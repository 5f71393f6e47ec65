/** Errors as `application/problem+json` (RFC 9457) with `code`. */
import { AndonError, codeOf, type Fault, faultsText } from '../errors.ts';
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
  const detail = text ?? (code === 'invalid' ? textOfFaults(details) : undefined);
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
      ...(detail === undefined ? {} : { detail }),
    },
  };
}

/** An actor refuses faults by themselves, without a text. */
const textOfFaults = ({ errors }: Readonly<Record<string, unknown>>): string | undefined =>
  Array.isArray(errors) ? faultsText(errors as readonly Fault[]) : undefined;

/** Anything thrown. What is not meant to be shown is `internal` (or `unavailable`) and says nothing more. */
export function problemOf(error: unknown, statusOf: (code: string) => number | undefined): ProblemAnswer {
  const code = codeOf(error) === 'redis_away' ? 'unavailable' : codeOf(error);
  const status = error instanceof AndonError ? statusOf(code) : undefined;
  if (status === undefined || !(error instanceof AndonError)) return problem('internal', 500);
  return error.expose ? problem(code, status, error.details, error.message) : problem(code, status);
}

/** A refusal as the reply of a handler; `text` = its `detail`. */
export function problemReply(
  code: string,
  status: number | undefined,
  details: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, string>> = {},
  text?: string,
): Reply {
  const known = status !== undefined;
  const {
    headers,
    body,
    status: shown,
  } = known ? problem(code, status, details, text) : problem('internal', 500, details);
  return { status: shown, body, headers: { ...headers, ...more, 'Content-Type': 'application/problem+json' } };
}
