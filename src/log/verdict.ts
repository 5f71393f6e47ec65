/** What an error of an append says about its rows. Matched on SQLSTATE, never on text. */

/**
 * `conflict`: another transaction was first; asked again the statement sees it. `lock`: it waited too long, or was the
 * victim of a deadlock. `data`: a row that Postgres can't take. After these three nothing of the statement is in the log.
 * `unknown`: anything else, a lost connection included: it may be there.
 */
export type Verdict = 'conflict' | 'lock' | 'data' | 'unknown';

/** lock_not_available, deadlock_detected, query_canceled (statement_timeout) */
const LOCK = new Set(['55P03', '40P01', '57014']);
/** data exception, integrity constraint violation (but 23505), program limit exceeded */
const DATA = /^(22|23|54)/;

export function verdictOf(error: unknown): Verdict {
  const code = sqlState(error);
  if (code === '23505') return 'conflict';
  if (LOCK.has(code)) return 'lock';
  return DATA.test(code) ? 'data' : 'unknown';
}

/** Five characters, or '' where it is no answer of Postgres (ECONNRESET and the like). */
export function sqlState(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return '';
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : '';
}
