/**
 * A folder of content under its SHA-256, `<dir>/ab/cdef…`, and what was left aside in `<dir>/incoming`.
 *
 * Invariant: what stands under a hash came there by a rename of a whole, synced file, and the folders above are synced.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AndonError, codeOf } from '../errors.ts';

const INCOMING = 'incoming';
/** What names of orphans begin with while they are aside. */
export const ORPHAN = 'orphan-';

export const asideIn = (dir: string, name: string): string => join(dir, INCOMING, name);

export function placeIn(dir: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new AndonError('bad_hash', 'a SHA-256 in lower-case hex was expected');
  return join(dir, sha256.slice(0, 2), sha256.slice(2));
}

/** The folder itself must be there: one that is missing is a disk that is not mounted. */
export async function moveIn(dir: string, aside: string, sha256: string): Promise<void> {
  const place = placeIn(dir, sha256);
  await makeFolder(dirname(place));
  await rename(aside, place);
  await syncFolder(dirname(place));
  await syncFolder(dir);
}

/** One level only, so that nothing is made where a disk is not mounted. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

/** undefined = no such file. Throws what else is wrong with the disk. */
export const bytesOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    },
  );

export async function hashOfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, signal === undefined ? {} : { signal }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Removes what a killed process left aside; anything older is not being written any more. */
export async function sweepAside(dir: string, olderThanMs: number): Promise<number> {
  let removed = 0;
  for (const name of await readdir(join(dir, INCOMING)).catch(() => [])) {
    const path = asideIn(dir, name);
    // Whole content that may be put back (orphans.ts).
    if (name.startsWith(ORPHAN)) continue;
    if (!(await isOlder(path, olderThanMs))) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}

/** Hashes that stand in the folder for so long. */
export async function oldIn(dir: string, olderThanMs: number): Promise<string[]> {
  const old: string[] = [];
  for (const first of await readdir(dir).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(first)) continue;
    for (const rest of await readdir(join(dir, first)).catch(() => [])) {
      const sha256 = `${first}${rest}`;
      if (/^[0-9a-f]{64}$/.test(sha256) && (await isOlder(join(dir, first, rest), olderThanMs))) old.push(sha256);
    }
  }
  return old;
}

async function isOlder(path: string, ms: number): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  return Date.now() - mtimeMs >= ms;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
