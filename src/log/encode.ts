/**
 * A row as JSON text, made once however often it is sent, and checked: what Postgres would refuse (and with it all
 * rows of the same statement) is refused here. Throws AndonError `bad_row`; that is a bug of whoever made the row, for
 * input is checked at the edges.
 */
import { AndonError } from '../errors.ts';
import type { NewRow } from './rows.ts';

/** Of the whole row, bytes of JSON. */
export const MAX_BYTES = 1_000_000;
/** Objects and lists inside each other. */
export const MAX_DEPTH = 100;
/** A name has to fit into an index entry. */
const MAX_NAME = 500;

/** U+0000, or half of a surrogate pair, as JSON.stringify writes them: an escape behind an even number of backslashes. */
const NO_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

const bad = (row: NewRow, why: string, cause?: unknown): AndonError =>
  new AndonError('bad_row', `${row.kind} ${row.actor} version ${row.version}: ${why}`, { cause });

/** `{…}`, the columns of sql/append.sql except `i`. */
export function encodeRow(row: NewRow): string {
  checkNames(row);
  let json: string;
  try {
    json = JSON.stringify(columns(row));
  } catch (cause) {
    throw bad(row, 'is not JSON', cause);
  }
  const size = json.length * 3 > MAX_BYTES ? Buffer.byteLength(json) : json.length;
  if (size > MAX_BYTES) throw bad(row, `${size} bytes, at most ${MAX_BYTES} fit`);
  if (json.includes('\\u') && NO_TEXT.test(json)) throw bad(row, 'holds a character that is no text');
  if (deeperThan(json, MAX_DEPTH)) throw bad(row, `more than ${MAX_DEPTH} levels deep`);
  return json;
}

/** The statement's one parameter. Order of `rows` = order of `i`. */
export const encodeBatch = (rows: readonly string[]): string =>
  `[${rows.map((json, i) => `{"i":${i},${json.slice(1)}`).join(',')}]`;

const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

const columns = (row: NewRow): object => ({
  kind: row.kind,
  actor_id: row.actor,
  version: row.version,
  base: row.base,
  command_id: row.commandId,
  command_hash: row.hash,
  issuer: row.issuer,
  at: row.at,
  events: row.events,
  after: row.after,
  state_version: row.stateVersion,
  was: row.was,
  trace: row.trace,
  takes: some(row.takes),
  frees: some(row.frees),
  jobs: some(row.jobs),
  done: some(row.done),
});

function checkNames(row: NewRow): void {
  if (row.takes.length + row.frees.length === 0) return;
  const names = [...row.takes, ...row.frees];
  if (new Set(names).size !== names.length) throw bad(row, 'names a claim twice');
  if (names.some((name) => name.length > MAX_NAME)) throw bad(row, 'has too long a claim');
}

/** Counts brackets first, which is cheap and nearly always enough: so many levels need at least so many brackets. */
function deeperThan(json: string, levels: number): boolean {
  if (count(json, '{', levels) + count(json, '[', levels) <= levels) return false;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i);
    if (quoted) {
      if (c === 0x5c) i++;
      else if (c === 0x22) quoted = false;
    } else if (c === 0x22) quoted = true;
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > levels) return true;
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
  return false;
}

/** At most `enough` + 1. */
function count(text: string, what: string, enough: number): number {
  let found = 0;
  for (let at = text.indexOf(what); at !== -1 && found <= enough; at = text.indexOf(what, at + 1)) found++;
  return found;
}
