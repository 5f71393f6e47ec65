/**
 * A backup: a folder that only its owner may enter.
 *
 *   manifest.json          what it holds; written last, so a folder without one is none
 *   database-<time>.dump   of pg_dump, custom format
 *   files/ab/cdef…         contents of models under their SHA-256, as in the object store; only ever added to
 *   secrets.json           ANDON_SECRET and the key of session tokens, unless they are kept apart
 *   tariffs/               as they were; never put back by itself
 */
import { createHash, createHmac } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { AndonError } from '../errors.ts';
import type { Census } from './census.ts';
import { readPrivately } from './private-file.ts';

export const FORMAT = 1;

export interface Manifest {
  readonly format: typeof FORMAT;
  /** Of the product. */
  readonly version: string;
  readonly at: string;
  readonly era: number;
  /** Names of the migrations that were applied. */
  readonly migrations: readonly string[];
  readonly sites: readonly string[];
  readonly dump: { readonly file: string; readonly bytes: number; readonly sha256: string };
  readonly census: Census;
  readonly contents: {
    readonly count: number;
    readonly bytes: number;
    /** Named by models, but whole nowhere. */
    readonly missing: readonly string[];
  };
  /** Tells whether secrets are those of then, and does not give them. */
  readonly secrets: { readonly included: boolean; readonly print: string };
}

export interface KeptSecrets {
  readonly secret: string;
  readonly tokenKey: string;
}

export const manifestFile = (dir: string): string => join(dir, 'manifest.json');
export const secretsFile = (dir: string): string => join(dir, 'secrets.json');
export const contentsDir = (dir: string): string => join(dir, 'files');
export const tariffsDir = (dir: string): string => join(dir, 'tariffs');

export const printOf = ({ secret, tokenKey }: KeptSecrets): string =>
  createHmac('sha256', secret).update(`andon backup\n${tokenKey}`).digest('hex');

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const bad = (text: string): AndonError => new AndonError('bad_backup', text, { expose: true });

/** Throws `bad_backup`. */
export function readManifest(dir: string): Manifest {
  const found = existsSync(dir) ? (readPrivately(manifestFile(dir)) as Manifest | undefined) : undefined;
  if (found === undefined) throw bad(`${dir} holds no backup: it has no manifest.json`);
  if (found.format !== FORMAT) throw bad(`${dir} was made by another version of Andon, ${found.version}`);
  return found;
}

/** Throws `bad_backup` when the dump is not the one that was made. */
export async function checkDump(dir: string, { dump }: Manifest): Promise<string> {
  const file = join(dir, dump.file);
  if (!existsSync(file)) throw bad(`${file} is missing`);
  if ((await sha256Of(file)) !== dump.sha256) throw bad(`${file} is damaged: its sum is not the one in manifest.json`);
  return file;
}
