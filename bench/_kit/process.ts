/** Processes beside the bench: the product's own, and those of peers. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { untilEnded } from './ending.ts';
import { environmentOf } from './environment.ts';
import type { Addresses } from './stand.ts';

export interface Running {
  readonly pid: number;
  readonly child: ChildProcess;
  stop(): Promise<void>;
  /** As if its machine went dark. */
  kill(): Promise<void>;
}

/** Resolves when the process has said its first word over IPC. */
export async function forked(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Running> {
  const profiles = process.env['ANDON_BENCH_PROFILES'];
  const execArgv = [...flags, ...(profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`])];
  const child = fork(file, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    execArgv,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  const stop = end('SIGTERM');
  child.once('exit', untilEnded(stop));
  await Promise.race([
    new Promise((resolve) => child.once('message', resolve)),
    exited.then(() => Promise.reject(new Error(`${file} ${args.join(' ')} ended before it was ready`))),
  ]);
  return { pid: child.pid ?? 0, child, stop, kill: end('SIGKILL') };
}

/** A process of the product. */
export const startProcess = (
  type: 'web' | 'keeper',
  at: Addresses,
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<Running> =>
  forked(join(import.meta.dirname, '../../src/main.ts'), [type], { ...environmentOf(at), ...env }, flags);
