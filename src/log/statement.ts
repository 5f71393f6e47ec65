/**
 * SQL stands in files: `sql/<name>.sql`, read once, its parameters documented on top. A statement is prepared under its
 * name, once per connection; its text goes over the wire without the comments.
 */
import { readFileSync } from 'node:fs';
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';

/** A pool, a client of a pool, or a client. */
export interface Queryable {
  query<R extends QueryResultRow>(config: QueryConfig): Promise<QueryResult<R>>;
}

export interface Statement<Row extends object> {
  readonly name: string;
  readonly text: string;
  run(on: Queryable, values?: readonly unknown[]): Promise<Row[]>;
}

/** `file` is beside the caller's `base` URL, without its suffix: `statement<Row>(import.meta.url, 'sql/append')`. */
export function statement<Row extends object>(base: string, file: string): Statement<Row> {
  const source = readFileSync(new URL(`${file}.sql`, base), 'utf8');
  const text = source.replace(/(^|\s)--.*$/gm, '$1').trim();
  const name = `andon ${file.slice(file.lastIndexOf('/') + 1)}`;
  return {
    name,
    text,
    async run(on, values = []) {
      const { rows } = await on.query<Row & QueryResultRow>({ name, text, values: [...values] });
      return rows;
    },
  };
}
