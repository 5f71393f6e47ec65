import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { fromRunner, RUN_DIR } from './environment.ts';
import { sweepOldRuns } from './run-folder.ts';
import { spec } from './spec.ts';

/** A temporary folder that holds the folder of one run, whose runner had this pid. */
const test = spec<(runner: number) => { root: string; dir: string }>('old runs', async (lend) => {
  const root = mkdtempSync(join(tmpdir(), 'andon-sweep-'));
  try {
    await lend((runner) => {
      const dir = join(root, 'andon-test-old');
      mkdirSync(join(dir, 'server'), { recursive: true });
      writeFileSync(join(dir, 'runner'), String(runner));
      return { root, dir };
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('whose runner is gone lose their servers and their folder', async (plant) => {
  const { root, dir } = plant(2 ** 22 + 1); // no pid is that high
  const server = spawn('sleep', ['300'], { cwd: join(dir, 'server'), stdio: 'ignore' });
  const elsewhere = spawn('sleep', ['300'], { cwd: root, stdio: 'ignore' });
  try {
    const ended = new Promise((resolve) => server.once('exit', (_, signal) => resolve(signal)));
    await sweepOldRuns(root);
    assert.is(await ended, 'SIGKILL');
    assert.is(elsewhere.exitCode ?? elsewhere.signalCode, null);
    assert.not.ok(existsSync(dir));
  } finally {
    const ended = new Promise((resolve) => elsewhere.once('exit', resolve));
    elsewhere.kill('SIGKILL');
    await ended;
  }
});

test('that still run are left alone', async () => {
  await sweepOldRuns();
  assert.ok(existsSync(fromRunner(RUN_DIR)));
});
