/**
 * A row as the append statement takes it, its JSON written once however often it is sent, and checked: what Postgres
 * would refuse (and with it all rows of the same statement) is refused here. Throws AndonError `bad_row`; that is a bug
 * of whoever made the row, for input is checked at the edges.
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

export interface EncodedRow {
  readonly row: NewRow;
  /** JSON of issuer, events, after and was, one behind the other. */
  readonly body: string;
  /** Of each of the four, bytes; 0 = null. */
  readonly sizes: readonly number[];
}

export function encodeRow(row: NewRow): EncodedRow {
  checkNames(row);
  let texts: readonly string[];
  let rest: string;
  try {
    texts = [textOf(row.issuer), textOf(row.events), row.afterText ?? textOf(row.after), textOf(row.was)];
    rest = JSON.stringify([row.trace, row.takes, row.frees, row.jobs, row.done]);
  } catch (cause) {
    throw bad(row, 'is not JSON', cause);
  }
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const size = sizes.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(rest));
  if (size > MAX_BYTES) throw bad(row, `${size} bytes, at most ${MAX_BYTES} fit`);
  const body = texts.join('');
  for (const json of [body, rest]) {
    if (json.includes('\\u') && NO_TEXT.test(json)) throw bad(row, 'holds a character that is no text');
    if (deeperThan(json, MAX_DEPTH)) throw bad(row, `more than ${MAX_DEPTH} levels deep`);
  }
  return { row, body, sizes };
}

const textOf = (value: unknown): string => (value === null ? '' : (JSON.stringify(value) ?? ''));

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
