/**
 * The spool: where uploads land first, hashed on the way, and stay while the object store is away.
 *
 * Invariants: what was received is whole and on the disk; what was not kept leaves nothing, whoever broke off; kept
 * content stands under its hash until it was seen in the store.
 */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AndonError, unavailable } from '../errors.ts';
import { asideIn, bytesOf, moveIn, oldIn, placeIn, sweepAside } from './hash-folder.ts';

/** Complete and synced, at `path`: `keep` it in the spool, or put it elsewhere; then `drop` it. */
export interface Received {
  readonly sha256: string;
  readonly bytes: number;
  /** The first bytes, at most `HEAD_BYTES`. */
  readonly head: Uint8Array;
  readonly path: string;
  keep(): Promise<void>;
  /** What was kept stays. */
  drop(): Promise<void>;
}

export type Bytes = AsyncIterable<Uint8Array>;

export const HEAD_BYTES = 512;

export class Spool {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = resolve(dir);
  }

  /** Throws `upload_aborted` (the source broke off), `too_large`, `unavailable` (the disk); then nothing is left. */
  async receive(source: Bytes, maxBytes: number): Promise<Received> {
    const path = asideIn(this.#dir, randomUUID());
    const drop = (): Promise<void> => rm(path, { force: true });
    try {
      await mkdir(dirname(path), { recursive: true });
      const file = await open(path, 'wx', 0o640);
      try {
        const content = await copy(source, file, maxBytes);
        await file.sync();
        return { ...content, path, keep: () => this.#keep(path, content.sha256), drop };
      } finally {
        await file.close();
      }
    } catch (error) {
      await drop().catch(() => undefined);
      throw error instanceof AndonError ? error : unavailable('storage', error);
    }
  }

  /** undefined = it is not kept here. Throws `unavailable`. */
  async file(sha256: string): Promise<string | undefined> {
    const path = placeIn(this.#dir, sha256);
    try {
      return (await bytesOf(path)) === undefined ? undefined : path;
    } catch (error) {
      throw unavailable('storage', error);
    }
  }

  async remove(sha256: string): Promise<void> {
    await rm(placeIn(this.#dir, sha256), { force: true });
  }

  /**
   * Removes what killed processes left behind; `wanted` tells which of these contents still wait for the store. Answers how
   * many files went.
   */
  async sweep(
    olderThanMs: number,
    wanted: (found: readonly string[]) => Promise<ReadonlySet<string>>,
  ): Promise<number> {
    const removed = await sweepAside(this.#dir, olderThanMs);
    const found = await oldIn(this.#dir, olderThanMs);
    const kept = found.length === 0 ? new Set() : await wanted(found);
    const left = found.filter((sha256) => !kept.has(sha256));
    for (const sha256 of left) await this.remove(sha256);
    return removed + left.length;
  }

  async #keep(aside: string, sha256: string): Promise<void> {
    try {
      await moveIn(this.#dir, aside, sha256);
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
