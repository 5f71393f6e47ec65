/**
 * Models: whose they are, what they are called, where their content stands and what it was measured to be.
 *
 * Invariants: a row has its content in the store (kept within the transaction, before the commit); ids are per owner;
 * one key of one owner is one model for ever; an owner's models never exceed the quota.
 */
import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { AndonError, unavailable } from '../errors.ts';
import { ENGINE, type Measured, type Sight } from '../geometry/mesh-facts.ts';
import { stlKind } from '../geometry/stl-kind.ts';
import { statement } from '../log/statement.ts';
import { verdictOf } from '../log/verdict.ts';
import { NAMESPACE, uuid5 } from '../uuid5.ts';
import type { Bytes, ContentStore, Received } from './content-store.ts';

export interface StoredModel {
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** RFC 3339 UTC. */
  readonly createdAt: string;
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
}

const lockOwner = statement<object>(import.meta.url, 'sql/lock-owner');
const ownerBytes = statement<{ bytes: number }>(import.meta.url, 'sql/owner-bytes');
const insertModel = statement<Row>(import.meta.url, 'sql/insert-model');
const modelById = statement<Row>(import.meta.url, 'sql/model');
const keepMeasured = statement<object>(import.meta.url, 'sql/keep-measured');
const thumbOf = statement<{ readonly thumb: Uint8Array }>(import.meta.url, 'sql/thumb');

export class Models {
  readonly #pool: Pool;
  readonly #store: ContentStore;
  readonly #limits: ModelLimits;

  constructor(pool: Pool, store: ContentStore, limits: ModelLimits) {
    this.#pool = pool;
    this.#store = store;
    this.#limits = limits;
  }

  /**
   * Throws `not_a_model`, `too_large {limit}`, `too_many {limit}` (the quota), `idempotency_key_reused`,
   * `upload_aborted`, `unavailable`; then neither content nor row is kept.
   */
  async put(upload: Upload): Promise<{ readonly model: StoredModel; readonly replay: boolean }> {
    const { modelBytes } = this.#limits;
    if ((upload.declaredBytes ?? 0) > modelBytes) {
      throw new AndonError('too_large', `more than ${modelBytes} bytes`, {
        expose: true,
        details: { limit: modelBytes },
      });
    }
    const received = await this.#store.receive(upload.source, modelBytes);
    try {
      if (stlKind(received.head, received.bytes) === 'neither') throw notAModel(received.bytes);
      return await this.#transaction((client) => this.#enter(client, upload, received));
    } finally {
      await received.drop().catch(() => undefined);
    }
  }

  /** undefined = no such model. Whether the asker may see it, the asker's policy decides. */
  async stat(id: string): Promise<StoredModel | undefined> {
    const [row] = await this.#away(modelById.run(this.#pool, [id, ENGINE]));
    return row && stored(row);
  }

  /** Where the content stands, to be read only. */
  path({ sha256 }: Pick<StoredModel, 'sha256'>): string {
    return this.#store.path(sha256);
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
    const [row] = await insertModel.run(client, [id, tenant, owner, name, received.bytes, received.sha256]);
    if (row === undefined) throw new AndonError('internal', 'an insert gave no row');
    await received.keep();
    return { model: stored(row), replay: false };
  }

  async #transaction<T>(act: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#away(this.#pool.connect());
    // Lost between two statements it emits an error, which nobody else listens to while it is lent; the next one fails.
    const lost = (): void => undefined;
    client.on('error', lost);
    let broken = false;
    try {
      await client.query('BEGIN');
      const result = await act(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      throw awayOr(error);
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  #away<T>(answer: Promise<T>): Promise<T> {
    return answer.catch((error: unknown) => {
      throw awayOr(error);
    });
  }
}

/** What Postgres can't take is a bug of ours; everything else means that it can't be reached. */
const awayOr = (error: unknown): unknown =>
  error instanceof AndonError || verdictOf(error) === 'data' ? error : unavailable('the database', error);

const stored = (row: Row): StoredModel => ({
  id: row.id,
  tenant: row.tenant,
  owner: row.owner,
  name: row.name,
  bytes: row.bytes,
  sha256: row.sha256,
  createdAt: row.created_at.toISOString(),
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
