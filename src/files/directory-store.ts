/**
 * The object store as a folder, which all nodes share: a rename onto the same content is harmless.
 *
 * Invariant: the folder itself is made once, at the start (`open`), never by `put`: what was a mounted disk and is missing
 * now is a store that is away, not an empty one.
 */
import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf, unavailable } from '../errors.ts';
import { asideIn, bytesOf, makeFolder, moveIn, placeIn, sweepAside } from './hash-folder.ts';
import type { ObjectStore } from './object-store.ts';

export class DirectoryStore implements ObjectStore {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = resolve(dir);
  }

  /** A folder that can't be made is a store that is away; it may come later. */
  async open(): Promise<void> {
    await mkdir(this.#dir, { recursive: true }).catch(() => undefined);
  }

  path(sha256: string): string {
    return placeIn(this.#dir, sha256);
  }

  async put(sha256: string, from: string): Promise<void> {
    const aside = asideIn(this.#dir, randomUUID());
    try {
      await makeFolder(dirname(aside));
      await bringAside(from, aside);
      await moveIn(this.#dir, aside, sha256);
    } catch (error) {
      throw unavailable('storage', error);
    } finally {
      // A rename of one name of a file onto another name of the same file does nothing.
      await rm(aside, { force: true }).catch(() => undefined);
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.file(sha256)) !== undefined;
  }

  async file(sha256: string): Promise<string | undefined> {
    const path = this.path(sha256);
    try {
      if ((await bytesOf(path)) !== undefined) return path;
      if ((await bytesOf(this.#dir)) === undefined) throw new Error(`${this.#dir} is not there`);
      return undefined;
    } catch (error) {
      throw unavailable('storage', error);
    }
  }

  sweep(olderThanMs: number): Promise<number> {
    return sweepAside(this.#dir, olderThanMs);
  }
}

/** On one disk a second name costs nothing, and the bytes are synced already. */
async function bringAside(from: string, aside: string): Promise<void> {
  try {
    await link(from, aside);
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'ENOSYS'].includes(codeOf(error))) throw error;
    await copyFile(from, aside);
    const copy = await open(aside, 'r+');
    try {
      await copy.sync();
    } finally {
      await copy.close();
    }
  }
}
