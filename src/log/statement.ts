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
  const url = new URL(`${file}.sql`, base);
  const text = readFileSync(url, 'utf8')
    .replace(/(^|\s)--.*$/gm, '$1')
    .trim();
  const name = nameOf(url);
  return {
    name,
    text,
    async run(on, values = []) {
      const { rows } = await on.query<Row & QueryResultRow>({ name, text, values: [...values] });
      return rows;
    },
  };
}

/** `log/append` for …/log/sql/append.sql: unique over all folders, for a connection may run the statements of several. */
const nameOf = (url: URL): string =>
  url.pathname
    .replace(/\.sql$/, '')
    .split('/')
    .filter((part) => part !== 'sql')
    .slice(-2)
    .join('/');
