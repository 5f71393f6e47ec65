/**
 * The account a private server runs under, and a folder it may use. PostgreSQL refuses to run as root, so as root it
 * runs as `postgres`; then every folder above its data must be passable for that account.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { AndonError } from '../../errors.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const isRoot = (): boolean => process.getuid?.() === 0;

const idOf = (flag: '-u' | '-g', user: string): number =>
  Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));

/** undefined: run as ourselves. */
export function accountFor(user: string): Account | undefined {
  if (!isRoot()) return undefined;
  try {
    return { uid: idOf('-u', user), gid: idOf('-g', user) };
  } catch (cause) {
    throw new AndonError('no_account', `the system has no user "${user}"; it comes with the package postgresql`, {
      expose: true,
      cause,
    });
  }
}

/** Whether others may pass through `folder` and every folder above it; what does not exist yet will be passable. */
export function isPassable(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false });
    if (stat !== undefined && (stat.mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The same wish always gives the same folder: data below a closed home is found again. */
const stand = (wanted: string): string =>
  join(
    tmpdir(),
    `andon-${process.getuid?.() ?? 0}-${createHash('sha256').update(resolve(wanted)).digest('hex').slice(0, 16)}`,
    basename(wanted),
  );

/** Made by us or not used: in a folder that all may write, somebody else could have put it there. */
function claim(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const stat = statSync(folder);
  if (process.getuid !== undefined && stat.uid !== process.getuid())
    throw new AndonError('bad_folder', `${folder} belongs to another user`, { expose: true });
  chmodSync(folder, 0o711);
}

/**
 * The folder for a server that was to live in `wanted`: that one, or one below the system's temporary folder when the
 * account can't reach it. It exists afterwards, is ours, and others may pass through it but not list it.
 */
export function reachableFolder(wanted: string, account: Account | undefined): string {
  if (account === undefined || isPassable(wanted)) {
    mkdirSync(wanted, { recursive: true });
    if (account !== undefined) chmodSync(wanted, 0o711);
    if (account === undefined || isPassable(wanted)) return resolve(wanted); // else: made closed, by our umask
  }
  const folder = stand(wanted);
  claim(dirname(folder));
  claim(folder);
  return folder;
}

/** A folder that only the account may enter. */
export function ownFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}
