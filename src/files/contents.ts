/**
 * Where content is between its upload and the object store: in the store, else in a spool that this machine sees.
 *
 * Invariant: content leaves the spool only after it was seen in the store.
 */
import { AndonError, unavailable } from '../errors.ts';
import { hashOfFile } from './hash-folder.ts';
import type { ObjectStore } from './object-store.ts';
import type { Received, Spool } from './spool.ts';

export interface ContentsOptions {
  readonly store: ObjectStore;
  readonly spool: Spool;
  /** A store that takes longer counts as away, milliseconds. Uploads wait within a transaction, which lives five seconds. */
  readonly patienceMs?: number;
  /** Told of a store that took nothing. */
  readonly storeAway?: (error: unknown) => void;
}

const PATIENCE_MS = 3_000;

/** `missing` and `damaged` are alarms: the store has nothing and the spool nothing good. */
export type Ingested = 'stored' | 'missing' | 'damaged';

export class Contents {
  readonly spool: Spool;
  readonly #store: ObjectStore;
  readonly #options: ContentsOptions;
  #away = false;

  constructor(options: ContentsOptions) {
    this.spool = options.spool;
    this.#store = options.store;
    this.#options = options;
  }

  /** The last upload found it so. */
  get storeAway(): boolean {
    return this.#away;
  }

  /** false = the store is away. What it still does later is harmless: it keeps the same content under the same hash. */
  async toStore({ sha256, path }: Received): Promise<boolean> {
    const { patienceMs = PATIENCE_MS, storeAway } = this.#options;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(unavailable('storage')), patienceMs);
    const put = this.#store.put(sha256, path);
    put.catch(() => undefined); // when it is late its error is nobody's
    try {
      await Promise.race([put, late.promise]);
      this.#away = false;
      return true;
    } catch (error) {
      this.#away = true;
      storeAway?.(error);
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Where to read it, not checked. Throws `unavailable`: the store is away, or it waits in the spool of another node. */
  async file(sha256: string): Promise<string> {
    let cause: unknown;
    const stored = await this.#store.file(sha256).catch((error: unknown) => {
      cause = error;
      return undefined;
    });
    const path = stored ?? (await this.spool.file(sha256));
    if (path === undefined) throw unavailable('storage', cause);
    return path;
  }

  /** Read through and compared with its hash. Throws `content_damaged`, and `unavailable` as `file` does. */
  async checkedFile(sha256: string, signal?: AbortSignal): Promise<string> {
    const path = await this.file(sha256);
    const found = await hashOfFile(path, signal).catch((error: unknown) => {
      throw signal?.aborted ? error : unavailable('storage', error);
    });
    if (found === sha256) return path;
    throw new AndonError('content_damaged', `what stands under ${sha256} is something else`, { details: { sha256 } });
  }

  /** From the spool into the store; a repeat finds it there. Throws `unavailable` while the store is away. */
  async ingest(sha256: string, signal?: AbortSignal): Promise<Ingested> {
    const path = await this.spool.file(sha256);
    if (path === undefined) return (await this.#store.has(sha256)) ? 'stored' : 'missing';
    if ((await hashOfFile(path, signal)) === sha256) await this.#store.put(sha256, path);
    else if (!(await this.#store.has(sha256))) return 'damaged';
    return 'stored';
  }
}
