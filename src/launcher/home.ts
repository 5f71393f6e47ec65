/**
 * The folder of a private server. Normally below the data folder. Started by root, PostgreSQL and nginx's workers run
 * under accounts that can't pass the closed data folder; then it lies outside, under a name that only these secrets
 * know, and the data folder has a link to it.
 */
import { chmodSync, lstatSync, mkdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { AndonError } from '../errors.ts';
import type { Place } from './place.ts';
import type { Secrets } from './secrets.ts';

const LASTING = '/var/lib/andon';

/** What lives in the temporary folder keeps everything there. */
const isTemporary = (folder: string): boolean =>
  `${realpathSync(folder)}${sep}`.startsWith(`${realpathSync(tmpdir())}${sep}`);

/** A folder of ours that others may pass through but not list. */
function passage(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const stat = statSync(folder);
  if (stat.uid !== process.getuid?.())
    throw new AndonError('bad_folder', `${folder} belongs to another user`, { expose: true });
  chmodSync(folder, 0o711);
}

function outside(place: Place, secrets: Secrets): string {
  const temporary = join(tmpdir(), `andon-${secrets.home}`);
  if (isTemporary(place.data)) {
    passage(temporary);
    return temporary;
  }
  const lasting = join(LASTING, secrets.home);
  passage(LASTING);
  passage(lasting);
  return lasting;
}

function link(from: string, to: string): void {
  const there = lstatSync(from, { throwIfNoEntry: false });
  if (there !== undefined && !there.isSymbolicLink())
    throw new AndonError('bad_folder', `${from} was made by another user; start Andon as that user, or remove it`, {
      expose: true,
    });
  rmSync(from, { force: true });
  symlinkSync(to, from);
}

/** The folder exists afterwards. */
export function homeOf(place: Place, secrets: Secrets, server: string): string {
  const inside = join(place.data, server);
  if (process.getuid?.() !== 0) {
    mkdirSync(inside, { recursive: true, mode: 0o700 });
    return inside;
  }
  const folder = join(outside(place, secrets), server);
  passage(folder);
  link(inside, folder);
  return folder;
}
