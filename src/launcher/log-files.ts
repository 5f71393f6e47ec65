/** Log files of one run: `<name>.log`, the one before it `<name>.log.1`. Moved aside by size when its program starts. */
import { closeSync, fstatSync, openSync, readdirSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.ts';

const LARGEST = 10 * 1024 * 1024;

export const logFile = (place: Place, name: string): string => join(place.logs, `${name}.log`);

/** The file for a program that is about to start. */
export function freshLog(place: Place, name: string): string {
  const file = logFile(place, name);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST) renameSync(file, `${file}.1`);
  return file;
}

/** Names of the logs there are; `of` = a name (`web-1`) or what several begin with (`web`). */
export const logNames = (place: Place, of: string | undefined): string[] =>
  readdirSync(place.logs)
    .filter((name) => name.endsWith('.log'))
    .map((name) => name.slice(0, -'.log'.length))
    .filter((name) => of === undefined || name === of || name.startsWith(`${of}-`))
    .sort();

/** Text of a file from a byte on, at most `most` bytes; and where it ended. A file that became shorter is read anew. */
export function readFrom(file: string, from: number, most = 1024 * 1024): { text: string; next: number } {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const start = from > size ? 0 : from;
    const bytes = Buffer.alloc(Math.min(size - start, most));
    const read = readSync(handle, bytes, 0, bytes.length, start);
    return { text: bytes.subarray(0, read).toString('utf8'), next: start + read };
  } finally {
    closeSync(handle);
  }
}

/** The last lines of a file, and its size. */
export function lastLines(file: string, lines: number): { text: string; next: number } {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return { text: '', next: 0 };
  const { text, next } = readFrom(file, Math.max(0, size - 256 * 1024));
  const last = text.trimEnd().split('\n').slice(-lines).join('\n');
  return { text: last === '' ? '' : `${last}\n`, next };
}
