/** Statements of identity, with the one rule for their failures: Postgres that can't be reached is `unavailable`. */
import { unavailable } from '../errors.ts';
import type { Queryable, Statement } from '../log/statement.ts';
import { sqlState } from '../log/verdict.ts';

/** Mistakes in our own statement or data: bugs, not an outage. */
const OURS = /^(22|23|42)/;

export async function ask<Row extends object>(
  on: Queryable,
  statement: Statement<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  try {
    return await statement.run(on, values);
  } catch (error) {
    if (OURS.test(sqlState(error))) throw error;
    throw unavailable('the database', error);
  }
}
