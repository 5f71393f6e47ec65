/**
 * An error as the log shows it: what it is, not what it carries. Libraries hang things on errors that are not for a log: the
 * command that failed with its arguments (a password of Redis among them), the row that broke a rule (a person's).
 */
import { pino } from 'pino';

const SHOWN = [
  'type',
  'message',
  'stack',
  'code',
  // AndonError: our own words.
  'details',
  'retry',
  // Postgres, without `detail`, `where` and the query.
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
  // The system's.
  'errno',
  'syscall',
  'address',
  'port',
  'path',
];

export function loggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const all = Object.entries(pino.stdSerializers.err(error));
  return Object.fromEntries(all.filter(([name]) => SHOWN.includes(name)));
}
