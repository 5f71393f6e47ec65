/** The launcher as people run it, with data and ports of its own and a stand-in for the product. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { identify } from '../../src/launcher/pids.ts';
import { ROOT } from '../../src/launcher/place.ts';
import type { RunFile } from '../../src/launcher/run-file.ts';
import type { Status } from '../../src/launcher/status.ts';
import { freePortRun } from '../_kit/free-ports.ts';
import type { Fixture } from '../_kit/spec.ts';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Launched {
  readonly data: string;
  readonly port: number;
  andon(args: string, env?: Readonly<Record<string, string>>): Promise<Said>;
  /** Runs on; killed with the test. */
  begin(args: string, env?: Readonly<Record<string, string>>): ChildProcess;
  status(): Promise<Status & { code: number }>;
  run(): Promise<RunFile>;
  /** Everything that was seen in run.json by `run()` and `status()`. */
  alive(): number[];
}

const OTHERS = ['DATABASE_URL', 'DATABASE_ADMIN_URL', 'REDIS_URL', 'STAND_IN'];

export const launched: Fixture<Launched> = async (lend) => {
  const data = await mkdtemp(join(tmpdir(), 'andon-launched-'));
  const port = await freePortRun(4);
  const base: Record<string, string | undefined> = { ...process.env };
  for (const name of OTHERS) delete base[name];
  Object.assign(base, {
    ANDON_DATA: data,
    ANDON_PORT: String(port),
    // It takes seconds to start; tests that want the private one say AMQP_URL: ''.
    AMQP_URL: 'none',
    ANDON_ENTRY: join(import.meta.dirname, 'stand-in.ts'),
    // The pages are no part of these tests, and their build is shared by all.
    ANDON_PAGES: join(ROOT, 'dist/web'),
  });
  const begun: ChildProcess[] = [];
  const seen = new Map<number, string>();

  const andon = (args: string, env: Readonly<Record<string, string>> = {}): Promise<Said> =>
    new Promise((done) => {
      const options = { env: { ...base, ...env } as NodeJS.ProcessEnv, cwd: tmpdir() };
      execFile(join(ROOT, 'andon'), args.split(' '), options, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
      );
    });
  const run = async (): Promise<RunFile> => {
    const read = JSON.parse(await readFile(join(data, 'run.json'), 'utf8')) as RunFile;
    for (const { pid, started } of [read.supervisor, ...read.processes, ...read.servers]) seen.set(pid, started);
    return read;
  };
  try {
    await lend({
      data,
      port,
      andon,
      run,
      begin(args, env = {}) {
        const child = spawn(join(ROOT, 'andon'), args.split(' '), {
          env: { ...base, ...env } as NodeJS.ProcessEnv,
          cwd: tmpdir(),
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        begun.push(child);
        return child;
      },
      async status() {
        if (existsSync(join(data, 'run.json'))) await run();
        const { code, stdout } = await andon('status --json');
        return { ...(JSON.parse(stdout) as Status), code };
      },
      alive: () => [...seen].filter(([pid, started]) => identify(pid)?.started === started).map(([pid]) => pid),
    });
  } finally {
    await andon('down');
    for (const child of begun) child.kill('SIGKILL');
    // Started by root, Postgres keeps its data outside of the closed folder.
    const home = await realpath(join(data, 'postgres')).catch(() => undefined);
    if (home !== undefined && !home.startsWith(data)) await rm(dirname(home), { recursive: true, force: true });
    await rm(data, { recursive: true, force: true });
  }
};
