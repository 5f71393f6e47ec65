/**
 * Runs one test file in a process group of its own. The group is ended whatever happens; a file that doesn't exit by
 * itself, leaves processes behind, stops reporting or has nothing to report has failed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { killGroup, livingInGroup } from './processes.ts';
import type { Report } from './report.ts';

export interface Skip {
  readonly title: string;
  readonly reason: string;
}

export interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skips: readonly Skip[];
  readonly ms: number;
  /** What went wrong with the file as a whole. */
  readonly faults: readonly string[];
  readonly output: string;
}

export interface Limits {
  /** Time to be read, and slack of every test beyond its deadline, milliseconds. */
  readonly slackMs: number;
  /** Time to exit after the last test. */
  readonly exitMs: number;
}

export const LIMITS: Limits = { slackMs: 60_000, exitMs: 2_000 };

const ENTRY = fileURLToPath(new URL('./file.ts', import.meta.url));

interface Progress {
  registered: number | undefined;
  passed: number;
  failed: number;
  done: boolean;
  skips: Skip[];
}

const groups = new Set<number>();

/** Ends every file that runs, for a runner that was interrupted. */
export const killFiles = (): void => groups.forEach(killGroup);

const exitOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? (code === 0 ? '' : `exit code ${code}`)));
  });

/** What the leader left running; given a moment, since a browser ends its own children late. */
async function leftBehind(group: number): Promise<string[]> {
  for (const end = Date.now() + 1_000; ; await sleep(50)) {
    const left = livingInGroup(group);
    if (left.length === 0 || Date.now() > end) return left.map(({ pid, command }) => `${command} (${pid})`);
  }
}

export async function runFile(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  limits: Limits = LIMITS,
): Promise<FileResult> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', ENTRY, file], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  const group = child.pid;
  if (group === undefined) throw new Error(`could not start ${process.execPath}`);
  groups.add(group);
  const faults: string[] = [];
  const progress: Progress = { registered: undefined, passed: 0, failed: 0, done: false, skips: [] };
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < 1_000_000) output += text;
    });

  let timer: NodeJS.Timeout | undefined;
  const limit = (ms: number, fault: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      faults.push(fault);
      killGroup(group);
    }, ms);
  };
  limit(limits.slackMs, `was not read within ${limits.slackMs} ms`);
  const onReport = (message: Report): void => {
    switch (message.type) {
      case 'registered':
        progress.registered = message.tests;
        break;
      case 'started':
        limit(message.deadlineMs + limits.slackMs, `"${message.title}" blocked the process past its deadline`);
        break;
      case 'passed':
      case 'failed':
        progress[message.type] += 1;
        break;
      case 'skipped':
        progress.skips.push({ title: message.title, reason: message.reason });
        break;
      case 'done':
        progress.done = true;
        limit(limits.exitMs, 'did not exit after its last test: something is still open');
        break;
    }
  };
  const lines = createInterface({ input: child.stdio[3] as Readable });
  lines.on('line', (line) => onReport(JSON.parse(line) as Report));
  const linesRead = new Promise((resolve) => lines.once('close', resolve));

  const end = await exitOf(child);
  clearTimeout(timer);
  const left = await leftBehind(group);
  if (left.length > 0 && faults.length === 0) faults.push(`left processes running: ${left.join(', ')}`);
  killGroup(group);
  groups.delete(group);
  await Promise.race([linesRead, sleep(1_000)]);
  for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  lines.close();

  const { registered, passed, failed, skips, done } = progress;
  if (faults.length === 0) {
    if (registered === undefined) faults.push(`no results (${end || 'exited early'})`);
    else if (!done) faults.push(`ended before its tests were done (${end || 'exit code 0'})`);
    else if (passed + failed + skips.length !== registered) faults.push('not every test was run');
    else if (end !== '' && failed === 0) faults.push(`ended with ${end}`);
  }
  return {
    file,
    passed,
    failed: failed + (faults.length > 0 ? 1 : 0),
    skips,
    ms: Math.round(performance.now() - start),
    faults,
    output,
  };
}
