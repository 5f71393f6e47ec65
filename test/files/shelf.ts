/** Models as a node has them, on this database and in this folder. */
import { join } from 'node:path';
import type { Pool } from 'pg';
import { Contents, type ContentsOptions } from '../../src/files/contents.ts';
import { DirectoryStore } from '../../src/files/directory-store.ts';
import { type ModelLimits, Models } from '../../src/files/models.ts';
import { Spool } from '../../src/files/spool.ts';

export interface ShelfOptions extends Partial<ModelLimits>, Partial<ContentsOptions> {
  /** Whose the spool is. */
  readonly node?: string;
  /** Instead of those of this folder. */
  readonly contents?: Contents;
}

export const contentsOf = (dir: string, options: Partial<ContentsOptions> = {}): Contents =>
  new Contents({ store: new DirectoryStore(join(dir, 'store')), spool: new Spool(join(dir, 'spool')), ...options });

export function shelfOf(pool: Pool, dir: string, options: ShelfOptions = {}): Models {
  const { node = '', modelBytes = 1_000_000, ownerBytes = 10_000_000, spooledBytes = 10_000_000, ...given } = options;
  const { contents = contentsOf(dir, given) } = given;
  const jobKind = node === '' ? 'ingest' : `ingest:${node}`;
  return new Models(pool, contents, { modelBytes, ownerBytes, spooledBytes }, { node, jobKind });
}
