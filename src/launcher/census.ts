/** What stands in a database, counted and summed up: the same before a dump and after its restore, or something is wrong. */
import pg from 'pg';

export interface Census {
  /** Rows of every table that is kept. */
  readonly rows: Readonly<Record<string, number>>;
  /** Of every row of the log with the state after it, in any order. */
  readonly log: string;
}

const TABLES = `
  SELECT c.relname AS name FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p'
  ORDER BY 1`;

const LOG = `
  SELECT coalesce(sum(hashtextextended(
    concat_ws('|', kind, actor_id, version, base, command_id, command_hash, era, xid, seq, events::text, after::text), 0)), 0)::text AS sum
  FROM actor_log`;

/** On a session without a time limit. */
export async function census(client: pg.Client): Promise<Census> {
  const { rows: tables } = await client.query<{ name: string }>(TABLES);
  const counted: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${pg.escapeIdentifier(name)}`);
    counted[name] = Number(rows[0]?.n);
  }
  const { rows } = await client.query<{ sum: string }>(LOG);
  return { rows: counted, log: rows[0]?.sum ?? '' };
}

/** In words, what is not the same; empty = nothing. */
export function differences(before: Census, after: Census): string[] {
  const names = [...new Set([...Object.keys(before.rows), ...Object.keys(after.rows)])];
  const counts = names
    .filter((name) => before.rows[name] !== after.rows[name])
    .map((name) => `${name} has ${after.rows[name] ?? 'no'} rows, ${before.rows[name] ?? 'none'} were backed up`);
  return [...counts, ...(before.log === after.log ? [] : ['rows of the log are not those that were backed up'])];
}
