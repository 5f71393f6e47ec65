/**
 * A Lua file as a typed operation: sent by its hash, with its text when Redis does not know it (after a restart).
 *
 * The registry counts the `-- KEYS[n]` lines of the header; a call gives exactly that many keys. Scripts over lists of
 * items declare one key, any of the items': it routes the call. The keys themselves are names in ARGV. On one Redis a
 * call may mix items of many tags; on a cluster the caller splits its list by the slot of each item's key and sends one
 * call per slot: no item needs two tags.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AndonError } from '../errors.ts';
import type { CallOptions, Redis } from './redis.ts';

export interface Script<R> {
  readonly name: string;
  readonly text: string;
  readonly sha1: string;
  readonly keyCount: number;
  /** From what ioredis gives to what the operation means. */
  read(reply: unknown): R;
}

/** Reads `lua/<name>.lua`; a line `-- include <part>` stands for the file of that name. */
export function script<R>(name: string, read: (reply: unknown) => R): Script<R> {
  const text = readLua(name).replaceAll(INCLUDE, (_, part: string) => readLua(part).trimEnd());
  const keyCount = text.match(/^-- KEYS\[\d+\]/gm)?.length ?? 0;
  if (!text.startsWith(`-- ${name}: `) || keyCount === 0)
    throw new AndonError('bad_script', `${name}.lua needs a header with its name and its keys`);
  return { name, text, sha1: createHash('sha1').update(text).digest('hex'), keyCount, read };
}

const INCLUDE = /^-- include ([a-z-]+)$/gm;

const readLua = (name: string): string => readFileSync(join(import.meta.dirname, 'lua', `${name}.lua`), 'utf8');

type Args = readonly (string | number)[];

export async function run<R>(
  redis: Redis,
  { name, text, sha1, keyCount, read }: Script<R>,
  keys: readonly string[],
  argv: Args,
  options?: CallOptions,
): Promise<R> {
  if (keys.length !== keyCount)
    throw new AndonError('bad_script', `${name}.lua takes ${keyCount} keys, not ${keys.length}`);
  const rest = [keyCount, ...keys, ...argv];
  try {
    return read(await redis.call('EVALSHA', [sha1, ...rest], options));
  } catch (error) {
    if (!isNoScript(error)) throw error;
    return read(await redis.call('EVAL', [text, ...rest], options));
  }
}

/** NOSCRIPT is the reply's code, the first word of the message. */
const isNoScript = (error: unknown): boolean =>
  error instanceof AndonError && error.cause instanceof Error && error.cause.message.startsWith('NOSCRIPT');
