import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bytes } from '../../src/files/spool.ts';

export async function* inPieces(bytes: Uint8Array, piece = 1_000): Bytes {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

/** Breaks off after this many bytes, as a connection does. */
export async function* brokenOff(bytes: Uint8Array, after: number): Bytes {
  yield bytes.subarray(0, after);
  throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}

/** Relative paths of all files below a folder. */
export async function filesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true });
  const kinds = await Promise.all(names.map(async (name) => (await stat(join(dir, name))).isFile()));
  return names.filter((_, i) => kinds[i]).sort();
}
