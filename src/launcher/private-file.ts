/** Files that only their owner may read. A reader, also after a power cut, sees the old content or the new one, never half. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { AndonError } from '../errors.ts';

export function writePrivately(file: string, content: unknown): void {
  const fresh = `${file}.${process.pid}.new`;
  try {
    rmSync(fresh, { force: true });
    writeFileSync(fresh, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** undefined: there is none. Throws `bad_file` when it is not JSON. */
export function readPrivately(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AndonError('bad_file', `${file} is not readable JSON`, { expose: true, cause });
  }
}
