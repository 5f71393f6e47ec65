/**
 * Models: whose they are, what they are called, where their content stands and what it was measured to be.
 *
 * Invariants: a row has its content in the store or, while that is away, in the spool with a job that brings it there (kept
 * within the transaction, before the commit); ids are per owner; one key of one owner is one model for ever; an owner's
 * models never exceed the quota, and those in the spool a smaller one.
 */
import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { AndonError } from '../errors.ts';
import { ENGINE, type Measured, type Sight } from '../geometry/mesh-facts.ts';
import { stlKind } from '../geometry/stl-kind.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { NAMESPACE, uuid5 } from '../uuid5.ts';
import type { Contents, Ingested } from './contents.ts';
import { awayOr, inTransaction } from './in-transaction.ts';
import type { Bytes, Received } from './spool.ts';

export interface StoredModel {
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** RFC 3339 UTC. */
  readonly createdAt: string;
  /** `spooled`: accepted and safe, but not yet in the object store. */
  readonly state: 'stored' | 'spooled';
  /** Once a price job has looked at the content. */
  readonly measured?: Measured;
}

export interface Upload {
  readonly tenant: string;
  readonly owner: string;
  readonly name: string;
  /** Idempotency key; without one every upload is a new model. */
  readonly key?: string;
  readonly source: Bytes;
  /** Content-Length, if there was one: what is too large anyway is not read. */
  readonly declaredBytes?: number;
}

export interface ModelLimits {
  readonly modelBytes: number;
  readonly ownerBytes: number;
  /** Of one owner in the spool, while the store is away. */
  readonly spooledBytes: number;
}

/** Whose the spool is and who empties it. */
export interface SpoolOf {
  /** '' = all nodes share it. */
  readonly node: string;
  /** Kind of the jobs that bring its contents to the store; only workers that see the spool take them. */
  readonly jobKind: string;
}

interface Row {
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly created_at: Date;
  readonly measured?: Measured | null;
  readonly spooled: boolean;
}

const lockOwner = statement<object>(import.meta.url, 'sql/lock-owner');
const ownerBytes = statement<{ bytes: number }>(import.meta.url, 'sql/owner-bytes');
const ownerSpooled = statement<{ bytes: number }>(import.meta.url, 'sql/owner-spooled');
const insertModel = statement<Row>(import.meta.url, 'sql/insert-model');
const modelById = statement<Row>(import.meta.url, 'sql/model');
const keepMeasured = statement<object>(import.meta.url, 'sql/keep-measured');
const endSpooled = statement<{ sha256: string }>(import.meta.url, 'sql/end-spooled');
const stillSpooled = statement<{ sha256: string }>(import.meta.url, 'sql/still-spooled');
const thumbOf = statement<{ readonly thumb: Uint8Array }>(import.meta.url, 'sql/thumb');

/** The store may be back by then. */
const SPOOL_FULL_SECONDS = 30;

export class Models {
  readonly #pool: Pool;
  readonly #contents: Contents;
  readonly #limits: ModelLimits;
  readonly #spoolOf: SpoolOf;

  constructor(pool: Pool, contents: Contents, limits: ModelLimits, spoolOf: SpoolOf) {
    this.#pool = pool;
    this.#contents = contents;
    this.#limits = limits;
    this.#spoolOf = spoolOf;
  }

  /**
   * Throws `not_a_model`, `too_large {limit}`, `too_many {limit}` (the quota), `idempotency_key_reused`,
   * `upload_aborted`, `unavailable` (also: too much of this owner's is in the spool); then neither content nor row is kept.
   */
  async put(upload: Upload): Promise<{ readonly model: StoredModel; readonly replay: boolean }> {
    const { modelBytes } = this.#limits;
    if ((upload.declaredBytes ?? 0) > modelBytes) {
      throw new AndonError('too_large', `more than ${modelBytes} bytes`, {
        expose: true,
        details: { limit: modelBytes },
      });
    }
    const received = await this.#contents.spool.receive(upload.source, modelBytes);
    try {
      if (stlKind(received.head, received.bytes) === 'neither') throw notAModel(received.bytes);
      return await inTransaction(this.#pool, (client) => this.#enter(client, upload, received));
    } finally {
      await received.drop().catch(() => undefined);
    }
  }

  /** undefined = no such model. Whether the asker may see it, the asker's policy decides. */
  async stat(id: string): Promise<StoredModel | undefined> {
    const [row] = await this.#away(modelById.run(this.#pool, [id, ENGINE]));
    return row && stored(row);
  }

  /** Where the content stands, to be read only. Throws `unavailable`. */
  file({ sha256 }: Pick<StoredModel, 'sha256'>): Promise<string> {
    return this.#contents.file(sha256);
  }

  /** The same, compared with its hash. Throws `content_damaged`, `unavailable`. */
  checkedFile({ sha256 }: Pick<StoredModel, 'sha256'>, signal?: AbortSignal): Promise<string> {
    return this.#contents.checkedFile(sha256, signal);
  }

  /** Brings content from this machine's spool to the store. May be repeated; throws `unavailable` while the store is away. */
  async ingest(sha256: string, signal?: AbortSignal): Promise<Ingested> {
    const became = await this.#contents.ingest(sha256, signal);
    if (became !== 'stored') return became;
    await this.#away(endSpooled.run(this.#pool, [sha256]));
    // What stays for lack of luck the sweep takes.
    await this.#contents.spool.remove(sha256).catch(() => undefined);
    return became;
  }

  /** Remembered for the content: every model with it is measured. */
  async keepMeasured({ sha256 }: Pick<StoredModel, 'sha256'>, { measured, thumb }: Sight): Promise<void> {
    await this.#away(keepMeasured.run(this.#pool, [sha256, ENGINE, JSON.stringify(measured), thumb ?? null]));
  }

  /** A PNG; undefined = there is none, or not yet. */
  async thumb({ sha256 }: Pick<StoredModel, 'sha256'>): Promise<Uint8Array | undefined> {
    const [row] = await this.#away(thumbOf.run(this.#pool, [sha256, ENGINE]));
    return row?.thumb;
  }

  async #enter(client: PoolClient, upload: Upload, received: Received) {
    const { tenant, owner, name, key } = upload;
    const id = key === undefined ? randomUUID() : uuid5(NAMESPACE.model, JSON.stringify([tenant, owner, key]));
    await lockOwner.run(client, [tenant, owner]);
    const [before] = key === undefined ? [] : await modelById.run(client, [id, ENGINE]);
    if (before !== undefined) {
      if (before.sha256 === received.sha256) return { model: stored(before), replay: true };
      throw new AndonError('idempotency_key_reused', 'this key was used for another model', { expose: true });
    }
    const [held] = await ownerBytes.run(client, [tenant, owner]);
    const limit = this.#limits.ownerBytes;
    if ((held?.bytes ?? 0) + received.bytes > limit) {
      throw new AndonError('too_many', `more than ${limit} bytes of models`, { expose: true, details: { limit } });
    }
    const spooled = (await this.#contents.toStore(received))
      ? [null, null, null]
      : await this.#spool(client, upload, received);
    const [row] = await insertModel.run(client, [id, tenant, owner, name, received.bytes, received.sha256, ...spooled]);
    if (row === undefined) throw new AndonError('internal', 'an insert gave no row');
    return { model: stored(row), replay: false };
  }

  /** Kept in the spool; what the model's row says of it. */
  async #spool(client: PoolClient, { tenant, owner }: Upload, received: Received): Promise<readonly string[]> {
    const [held] = await ownerSpooled.run(client, [tenant, owner]);
    if ((held?.bytes ?? 0) + received.bytes > this.#limits.spooledBytes) {
      throw new AndonError('unavailable', 'the storage is away and too much of yours waits for it', {
        retry: 'later',
        expose: true,
        details: { retryAfterSeconds: SPOOL_FULL_SECONDS },
      });
    }
    await received.keep();
    return [this.#spoolOf.node, randomUUID(), this.#spoolOf.jobKind];
  }

  #away<T>(answer: Promise<T>): Promise<T> {
    return answer.catch((error: unknown) => {
      throw awayOr(error);
    });
  }
}

/** Which of these contents wait in a spool. */
export async function stillWaiting(on: Queryable, found: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await stillSpooled.run(on, [found])).map(({ sha256 }) => sha256));
}

const stored = (row: Row): StoredModel => ({
  id: row.id,
  tenant: row.tenant,
  owner: row.owner,
  name: row.name,
  bytes: row.bytes,
  sha256: row.sha256,
  createdAt: row.created_at.toISOString(),
  state: row.spooled ? 'spooled' : 'stored',
  ...(row.measured ? { measured: row.measured } : {}),
});

const notAModel = (bytes: number): AndonError =>
  new AndonError(
    'not_a_model',
    bytes === 0
      ? 'no bytes came'
      : 'neither a binary STL of the length its triangle count says, nor an ASCII STL that begins with "solid"',
    { expose: true, details: { bytes } },
  );
