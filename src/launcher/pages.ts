/**
 * The built pages, kept as new as their sources. The build works beside and is put in place when it is whole: a node
 * that serves the old pages never sees half of the new ones.
 */
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AndonError } from '../errors.ts';
import { freshLog, lastLines } from './log-files.ts';
import type { Place } from './place.ts';

/** What a page is made of: its own sources, the contract, and what the contract imports. */
const SOURCES = ['web', 'gateways/contract', 'actors', 'package-lock.json'];

/** Newest change of a file or of anything in a folder, milliseconds; a removed file changes its folder. */
export function newestChange(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

const stampOf = (root: string): string => join(root, 'dist', '.web-built');

export function pagesAreFresh(root: string): boolean {
  const built = statSync(stampOf(root), { throwIfNoEntry: false });
  if (built === undefined || !existsSync(join(root, 'dist/web'))) return false;
  return SOURCES.every((source) => newestChange(join(root, source)) <= built.mtimeMs);
}

async function build(place: Place, outDir: string, stop: AbortSignal): Promise<void> {
  const log = freshLog(place, 'pages');
  const out = openSync(log, 'a', 0o600);
  const vite = join(place.root, 'node_modules/.bin/vite');
  const args = ['build', '--config', 'web/vite.config.ts', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  const child = spawn(vite, args, { cwd: place.root, stdio: ['ignore', out, out], signal: stop });
  closeSync(out);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exit) => resolve(exit ?? 1));
  });
  if (code !== 0)
    throw new AndonError('build_failed', `the pages could not be built:\n${lastLines(log, 20).text}`, { expose: true });
}

export async function buildPages(place: Place, say: (line: string) => void, stop: AbortSignal): Promise<void> {
  if (!existsSync(join(place.root, 'web/vite.config.ts')) || pagesAreFresh(place.root)) return;
  say('building the pages ...');
  const since = new Date();
  const fresh = join(place.root, 'dist', `.web-${process.pid}`);
  const old = join(place.root, 'dist', `.web-${process.pid}-old`);
  const target = join(place.root, 'dist/web');
  try {
    await build(place, fresh, stop);
    if (existsSync(target)) renameSync(target, old);
    renameSync(fresh, target);
    writeFileSync(stampOf(place.root), '');
    // What was changed while the build ran is newer than the stamp.
    utimesSync(stampOf(place.root), since, since);
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
  }
}
