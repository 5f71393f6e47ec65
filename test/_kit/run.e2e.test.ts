import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { spec } from './spec.ts';
import { until } from './until.ts';

const test = spec('the runner', undefined, { deadlineMs: 60_000 });

interface Run {
  readonly child: ChildProcess;
  output(): string;
  readonly ended: Promise<{ readonly code: number | null; readonly lines: readonly string[] }>;
}

const start = (words: readonly string[], env: Record<string, string> = {}): Run => {
  const child = spawn(process.execPath, ['test/_kit/run.ts', ...words], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<{ code: number | null; lines: string[] }>((resolve) =>
    child.once('close', (code) => resolve({ code, lines: output.trimEnd().split('\n') })),
  );
  return { child, ended, output: () => output };
};

const fixture = (name: string): string => `test/_kit/fixtures/${name}.ts`;

test('adds up all files, prints the reason of a skip, and ends with code 0', async () => {
  const { code, lines } = await start([fixture('passes'), fixture('skips')]).ended;
  assert.is(lines.at(-1), '3 passed, 0 failed, 1 skipped');
  assert.ok(lines.some((line) => line.includes('skipped: a spec: is left out (no such server here)')));
  assert.is(code, 0);
});

test('ends with code 1 and the failing output when one file fails', async () => {
  const { code, lines } = await start([fixture('passes'), fixture('asserts')]).ended;
  assert.is(lines.at(-1), '3 passed, 1 failed, 0 skipped');
  assert.ok(lines.some((line) => /FAIL.*"is wrong"/.test(line)));
  assert.is(code, 1);
});

test('skips a browser test, and says so, where there is no browser', async () => {
  const { code, lines } = await start([fixture('page.web.test')], { ANDON_CHROMIUM: '/nowhere' }).ended;
  assert.is(lines.at(-1), '0 passed, 0 failed, 1 skipped');
  assert.match(lines.at(-2) ?? '', 'skipped: the whole file (no chromium on this machine');
  assert.is(code, 0);
});

test('is red when there is no such file', async () => {
  const { code, lines } = await start(['test/nothing.test.ts']).ended;
  assert.is(lines.at(-1), '0 passed, 1 failed, 0 skipped');
  assert.is(code, 1);
});

/** Folders of runs that are not this one's own. */
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('andon-test-'));

test('ends its files and servers when it is interrupted', async () => {
  const before = folders();
  const { child, ended, output } = start([fixture('passes'), fixture('blocks')]);
  const mine = await until('its folder is there', () => folders().find((name) => !before.includes(name)));
  await until('its files run', () => output().includes('passes'));
  child.kill('SIGTERM');
  assert.is((await ended).code, 130);
  assert.not.ok(existsSync(`${tmpdir()}/${mine}`));
});
