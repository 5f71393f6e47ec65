/**
 * The data folder of a private PostgreSQL. Invariants: it is either fully made or made again (initdb works beside it and
 * the result is renamed); data of another major version is never touched; the password never stands in the process list.
 */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AndonError } from '../../errors.ts';
import { type Account, ownFolder } from './account.ts';
import { majorVersion } from './postgres-binaries.ts';

export interface DataOptions {
  /** Folder of PostgreSQL's programs. */
  readonly bin: string;
  readonly data: string;
  readonly account: Account | undefined;
  /** Of the superuser `postgres`. */
  readonly password: string;
  /** Whether initdb waits until everything is on the disk. */
  readonly sync: boolean;
}

function initialise({ bin, data, account, password, sync }: DataOptions): void {
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  ownFolder(fresh, account);
  const secrets = mkdtempSync(join(tmpdir(), 'andon-init-')); // 0700
  const pwfile = join(secrets, 'password');
  try {
    writeFileSync(pwfile, `${password}\n`, { mode: 0o600 });
    if (account !== undefined) for (const path of [pwfile, secrets]) chownSync(path, account.uid, account.gid);
    const args = ['-D', fresh, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions'];
    args.push('--auth-local=scram-sha-256', '--auth-host=scram-sha-256', `--pwfile=${pwfile}`);
    if (!sync) args.push('--no-sync');
    execFileSync(join(bin, 'initdb'), args, { cwd: fresh, stdio: ['ignore', 'ignore', 'pipe'], ...account });
    renameSync(fresh, data);
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    throw new AndonError('server_failed', `PostgreSQL could not make its data folder: ${said}`, {
      expose: true,
      cause,
    });
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
}

function checkVersion(bin: string, data: string): void {
  const has = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const major = majorVersion(bin);
  if (has !== major)
    throw new AndonError(
      'data_version',
      `the data in ${data} was made by PostgreSQL ${has}, installed is ${major}. ` +
        `Install PostgreSQL ${has}, or move the data with pg_upgrade, or remove the folder to begin anew.`,
      { expose: true, details: { folder: data, has, installed: major } },
    );
}

/** Makes the folder, or checks that the one that is there fits. Throws `data_version` or `server_failed`. */
export function makeData(options: DataOptions): void {
  if (existsSync(options.data)) checkVersion(options.bin, options.data);
  else initialise(options);
}
