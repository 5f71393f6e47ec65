/** Where this machine keeps PostgreSQL's programs. Debian and Ubuntu leave them off PATH, one folder per version. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const runnable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const hasAll = (folder: string): boolean => ['postgres', 'initdb'].every((name) => runnable(join(folder, name)));

const versionIn = (folder: string): number => Number(/\/(\d+)\/bin$/.exec(folder)?.[1] ?? 0);

/** The folder of the newest installed version; undefined when there is none. */
export function postgresBinaries(): string | undefined {
  const packaged = globSync('/usr/lib/postgresql/*/bin')
    .filter(hasAll)
    .sort((a, b) => versionIn(b) - versionIn(a));
  return packaged[0] ?? (process.env['PATH'] ?? '').split(delimiter).find((folder) => folder !== '' && hasAll(folder));
}

/** Major version of the programs in `folder`, as data folders name it in PG_VERSION. */
export function majorVersion(folder: string): string {
  const text = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  const major = /(\d+)(?:\.\d+|devel|beta|rc)/.exec(text)?.[1];
  if (major === undefined) throw new Error(`no version in ${JSON.stringify(text)}`);
  return major;
}
