/**
 * The folder of one run. A runner that was ended by kill -9 leaves its folder and servers behind: the next run finds
 * the folder, sees that its runner is gone, and ends what still works inside it.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'andon-test-';
const RUNNER = 'runner';

/** Passable for the account of Postgres; names its runner. */
export async function runFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), PREFIX));
  await chmod(dir, 0o711);
  await writeFile(join(dir, RUNNER), String(process.pid));
  return dir;
}

const isRunner = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('run.ts');
  } catch {
    return false;
  }
};

/** Processes that work in `dir`: their current folder is in it. */
function workingIn(dir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(`${dir}/`);
      } catch {
        return false; // ended meanwhile, or of another user
      }
    });
}

export async function sweepOldRuns(root = tmpdir()): Promise<void> {
  for (const name of readdirSync(root).filter((entry) => entry.startsWith(PREFIX))) {
    const dir = join(root, name);
    const runner = join(dir, RUNNER);
    if (!existsSync(runner) || isRunner(Number(await readFile(runner, 'utf8')))) continue;
    for (const pid of workingIn(dir)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // ended meanwhile
      }
    }
    await rm(dir, { recursive: true, force: true });
  }
}
