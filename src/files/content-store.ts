/**
 * The object store as a folder: content under its SHA-256, `<dir>/ab/cdef…`, written once and never changed.
 *
 * Invariants: what stands under a hash is whole and on the disk (written aside, synced, renamed, folder synced); what
 * was not kept leaves nothing, whoever broke off. All nodes may share the folder: a rename onto the same content is
 * harmless.
 */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AndonError, unavailable } from '../errors.ts';

/** Complete and synced, but not yet in the store: `keep` or `drop` it. */
export interface Received {
  readonly sha256: string;
  readonly bytes: number;
  /** The first bytes, at most `HEAD_BYTES`. */
  readonly head: Uint8Array;
  keep(): Promise<void>;
  drop(): Promise<void>;
}

export type Bytes = AsyncIterable<Uint8Array>;

export const HEAD_BYTES = 512;

const INCOMING = 'incoming';

export class ContentStore {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = resolve(dir);
  }

  path(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new AndonError('bad_hash', 'a SHA-256 in lower-case hex was expected');
    return join(this.#dir, sha256.slice(0, 2), sha256.slice(2));
  }

  async has(sha256: string): Promise<boolean> {
    return stat(this.path(sha256)).then(
      () => true,
      () => false,
    );
  }

  /** Throws `upload_aborted` (the source broke off), `too_large`, `unavailable` (the disk); then nothing is left. */
  async receive(source: Bytes, maxBytes: number): Promise<Received> {
    const aside = join(this.#dir, INCOMING, randomUUID());
    const drop = (): Promise<void> => rm(aside, { force: true });
    try {
      await mkdir(dirname(aside), { recursive: true });
      const file = await open(aside, 'wx', 0o640);
      try {
        const content = await copy(source, file, maxBytes);
        await file.sync();
        return { ...content, keep: () => this.#keep(aside, content.sha256), drop };
      } finally {
        await file.close();
      }
    } catch (error) {
      await drop().catch(() => undefined);
      throw error instanceof AndonError ? error : unavailable('storage', error);
    }
  }

  /** Removes what a killed process left behind; anything older is not being written any more. */
  async sweep(olderThanMs: number): Promise<number> {
    const folder = join(this.#dir, INCOMING);
    let removed = 0;
    for (const name of await readdir(folder).catch(() => [])) {
      const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (Date.now() - mtimeMs < olderThanMs) continue;
      await rm(join(folder, name), { force: true });
      removed++;
    }
    return removed;
  }

  async #keep(aside: string, sha256: string): Promise<void> {
    const target = this.path(sha256);
    try {
      await mkdir(dirname(target), { recursive: true });
      await rename(aside, target);
      await syncFolder(dirname(target));
      await syncFolder(this.#dir);
    } catch (error) {
      throw unavailable('storage', error);
    }
  }
}

async function copy(source: Bytes, file: FileHandle, maxBytes: number) {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of whole(source)) {
    if (bytes + chunk.length > maxBytes) {
      throw new AndonError('too_large', `more than ${maxBytes} bytes`, { expose: true, details: { limit: maxBytes } });
    }
    if (bytes < HEAD_BYTES) head.push(chunk.slice(0, HEAD_BYTES - bytes));
    bytes += chunk.length;
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  return { sha256: hash.digest('hex'), bytes, head: new Uint8Array(Buffer.concat(head)) };
}

/** Tells a source that broke off from a disk that failed. */
async function* whole(source: Bytes): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await chunks.next().catch((cause: unknown) => {
        throw new AndonError('upload_aborted', 'the upload broke off', { expose: true, cause });
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
