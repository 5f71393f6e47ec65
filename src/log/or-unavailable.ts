/** The one rule for failed reads: Postgres that can't be reached or can't serve now is `unavailable`. */
import { AndonError, unavailable } from '../errors.ts';
import { sqlState } from './verdict.ts';

/** Mistakes in our own statement or data: bugs, not an outage. */
const OURS = /^(22|23|42)/;

export async function orUnavailable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AndonError || OURS.test(sqlState(error))) throw error;
    throw unavailable('the database', error);
  }
}
