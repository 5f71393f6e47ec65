/**
 * Takes content out of the store that no model names: its upload ended after the store had it and before its row.
 *
 * O1 Nothing goes that a row names, or that was written lately: it is put aside first, looked at once more, and put back if
 *    it was written or named meanwhile. An upload always writes content anew, so its time says so.
 * O2 What a sweep that was killed had put aside, the next one puts back or takes.
 * O3 The store says whose it is (`OF`): where it serves another database too, nothing is swept, for its rows are not ours.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../errors.ts';
import { ORPHAN as ASIDE, asideIn, oldIn, placeIn } from './hash-folder.ts';

export interface OrphanOptions {
  /** Folder of the store. */
  readonly dir: string;
  /** Which database names the contents. */
  readonly database: string;
  readonly olderThanMs: number;
  /** Those of these contents that a model names. */
  named(contents: readonly string[]): Promise<ReadonlySet<string>>;
}

/** `foreign`: the store belongs to another database. */
export type Swept = { readonly removed: number } | { readonly foreign: string };

const OF = 'database';
const BATCH = 500;

export async function sweepOrphans(options: OrphanOptions): Promise<Swept> {
  const { dir, database, olderThanMs, named } = options;
  const whose = await ownerOf(dir, database);
  if (whose !== database) return { foreign: whose };
  let removed = await judgeAside(options);
  const old = await oldIn(dir, olderThanMs);
  for (let at = 0; at < old.length; at += BATCH) {
    const page = old.slice(at, at + BATCH);
    const known = await named(page);
    for (const sha256 of page.filter((content) => !known.has(content))) {
      await mkdir(dirname(asideIn(dir, ASIDE)), { recursive: true });
      await rename(placeIn(dir, sha256), asideIn(dir, `${ASIDE}${sha256}`)).catch(ignoreMissing);
    }
    removed += await judgeAside(options);
  }
  return { removed };
}

/** The store is taken for ours when nobody has said so. */
async function ownerOf(dir: string, database: string): Promise<string> {
  const file = join(dir, OF);
  await writeFile(file, database, { flag: 'wx', flush: true }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  return (await readFile(file, 'utf8')).trim();
}

async function judgeAside({ dir, olderThanMs, named }: OrphanOptions): Promise<number> {
  const folder = dirname(asideIn(dir, ASIDE));
  const aside = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(ASIDE));
  const known = aside.length === 0 ? new Set() : await named(aside.map((name) => name.slice(ASIDE.length)));
  let removed = 0;
  for (const name of aside) {
    const sha256 = name.slice(ASIDE.length);
    const { mtimeMs } = await stat(join(folder, name));
    if (known.has(sha256) || Date.now() - mtimeMs < olderThanMs) {
      await rename(join(folder, name), placeIn(dir, sha256));
    } else {
      await rm(join(folder, name), { force: true });
      removed++;
    }
  }
  return removed;
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}
