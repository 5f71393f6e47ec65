/** Statements of identity. */
import { orUnavailable } from '../log/or-unavailable.ts';
import type { Queryable, Statement } from '../log/statement.ts';

/** Throws `unavailable` when Postgres is away. */
export const ask = <Row extends object>(
  on: Queryable,
  statement: Statement<Row>,
  values: readonly unknown[],
): Promise<Row[]> => orUnavailable(statement.run(on, values));
