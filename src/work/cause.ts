/**
 * The cause of a failed attempt as it is kept with the job. Only texts that we wrote ourselves are kept: those of drivers
 * and of the runtime may hold addresses, passwords or a customer's data; they go to the log alone.
 */
import { AndonError, codeOf } from '../errors.ts';
import type { Cause } from './jobs.ts';

const LONGEST = 500;

export function causeOf(error: unknown): Cause {
  const code = codeOf(error);
  if (error instanceof AndonError) return { code, message: error.message.slice(0, LONGEST) };
  return { code, message: error instanceof Error && error.name !== 'Error' ? error.name : null };
}
