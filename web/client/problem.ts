import type { Problem } from '../../gateways/contract/problem.ts';

/**
 * A *no* of the server (`application/problem+json`, or of a socket); or code `offline` when nothing answered, `unknown` when
 * it was sent over a socket and not answered. Match on `code`.
 */
export class ProblemError extends Error {
  readonly code: string;
  /** HTTP status; 0 = no answer, or not over HTTP. */
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(`${code} (${status})`, cause === undefined ? undefined : { cause });
    this.name = 'ProblemError';
    this.code = code;
    this.status = status;
    this.details = details;
  }

  static of(status: number, body: unknown): ProblemError {
    if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
      const problem = body as Problem;
      return new ProblemError(problem.code, status, problem);
    }
    return new ProblemError(status >= 500 ? 'unavailable' : 'malformed', status);
  }
}

/** What a 422 finds fault with first: the name of the field, whatever it stands in. */
export function faultyField(error: unknown): string | undefined {
  const faults = error instanceof ProblemError ? error.details['errors'] : undefined;
  const [first] = Array.isArray(faults) ? (faults as readonly { readonly path?: string }[]) : [];
  return first?.path?.split('/').at(-1);
}

/** The code of anything thrown; `internal` for what is not a problem, that is a fault of ours. */
export const codeOf = (error: unknown): string => (error instanceof ProblemError ? error.code : 'internal');

const AWAY: readonly string[] = ['unavailable', 'overloaded', 'offline', 'unknown'];
const MAY_PASS: readonly string[] = ['too_many', 'internal'];

/** Nobody could answer just now: worth asking again for as long as somebody waits. */
export const isAway = (code: string): boolean => AWAY.includes(code);

/** Not remembered by the server and mostly gone in a moment: asked again with the same key, over whatever transport. */
export const passes = (code: string): boolean => isAway(code) || MAY_PASS.includes(code);
