/**
 * A private server as a child process. Invariants: signals go to exactly the pid that was started and never after it
 * has ended; `exited` resolves once, when it has been reaped; a server that ends before it is ready is an error that
 * quotes the end of its log.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError } from '../../errors.ts';
import type { Account } from './account.ts';

/** What whoever supervises a server wants besides what the server itself needs. */
export interface Supervision {
  /** Its output is appended here; without, to a file of the server's own folder. */
  readonly logFile?: string;
  /** Told the pid at once, long before the server is ready. */
  spawned?(pid: number): void;
}

/** A running private server. */
export interface Server {
  readonly name: string;
  readonly pid: number;
  /** How clients log in, password included: never print it. */
  readonly url: string;
  /** Resolves when the process has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** How it ended, e.g. `SIGKILL` or `exit code 1`; undefined while it runs. */
  ending(): string | undefined;
  /** Asks it to end, forces it after a while; resolves when it has ended. May be called again. */
  stop(): Promise<void>;
  /** SIGKILL, as the crash tests do; resolves when it has ended. */
  kill(): Promise<void>;
  /** Any other signal, e.g. SIGSTOP; nothing when it has ended. */
  signal(signal: NodeJS.Signals): void;
}

export interface ChildOptions extends Supervision {
  readonly name: string;
  readonly url: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Readable by `account`. */
  readonly cwd: string;
  /** Its output is appended here. */
  readonly logFile: string;
  readonly account?: Account | undefined;
  /** Besides PATH, language and time zone. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Whether it, and not another program on its port, serves; false or an error = not yet. `says so`: it is a Node
   * process that sends its parent a message when it does.
   */
  readonly ready: 'says so' | ((pid: number) => Promise<boolean>);
  /** Signals of `stop()`, each with the time it is given, milliseconds; SIGKILL follows. */
  readonly stopSignals: readonly (readonly [NodeJS.Signals, number])[];
  readonly readyMs?: number;
  /** false: it stays in our process group, so that who ends the group ends it too (tests). */
  readonly ownGroup?: boolean;
}

const tail = (file: string, from: number): string =>
  readFileSync(file).subarray(from).toString('utf8').trimEnd().split('\n').slice(-12).join('\n');

function spawnChild(options: ChildOptions, log: number): ChildProcess {
  const { account } = options;
  return spawn(options.command, options.args, {
    cwd: options.cwd,
    detached: options.ownGroup ?? true,
    stdio: ['ignore', log, log, ...(options.ready === 'says so' ? (['ipc'] as const) : [])],
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', TZ: 'UTC', ...options.env },
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
  });
}

function readinessOf(child: ChildProcess, { ready }: ChildOptions): (pid: number) => Promise<boolean> {
  if (ready !== 'says so') return ready;
  let said = false;
  child.once('message', () => {
    said = true;
    child.disconnect();
  });
  return async () => said;
}

/** Starts a server and resolves when it is ready. Throws `server_failed` or `port_taken`. */
export async function startChild(options: ChildOptions): Promise<Server> {
  const { name } = options;
  const log = openSync(options.logFile, 'a', 0o640);
  const logStart = fstatSync(log).size;
  const child = spawnChild(options, log);
  closeSync(log);
  let ended: string | undefined;
  let whyNot: Error | undefined;
  const exited = new Promise<void>((resolve) => {
    const end = (how: string, error?: Error): void => {
      ended = how;
      whyNot = error;
      resolve();
    };
    child.once('exit', (code, by) => end(by ?? `exit code ${code}`));
    child.once('error', (error) => end(error.message, error));
  });
  if (child.pid !== undefined) options.spawned?.(child.pid);
  const isReady = readinessOf(child, options);
  const signal = (which: NodeJS.Signals): void => {
    if (ended === undefined) child.kill(which);
  };
  const kill = async (): Promise<void> => {
    signal('SIGKILL');
    await exited;
  };

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    for (const [which, ms] of options.stopSignals) {
      if (ended !== undefined) return;
      signal(which);
      const given = new AbortController();
      await Promise.race([exited, sleep(ms, undefined, { signal: given.signal }).catch(() => undefined)]);
      given.abort();
    }
    await kill();
  };

  const end = Date.now() + (options.readyMs ?? 60_000);
  while (child.pid === undefined || !(await isReady(child.pid).catch(() => false))) {
    if (ended !== undefined) {
      const text = tail(options.logFile, logStart);
      const taken = /address already in use/i.test(text);
      throw new AndonError(
        taken ? 'port_taken' : 'server_failed',
        taken
          ? `${name} could not start: its port is taken by another program`
          : `${name} did not start (${ended}):\n${text}`,
        { expose: true, details: { server: name, log: text }, ...(whyNot === undefined ? {} : { cause: whyNot }) },
      );
    }
    if (Date.now() > end) {
      await kill();
      throw new AndonError('server_failed', `${name} was not ready in time:\n${tail(options.logFile, logStart)}`, {
        expose: true,
        details: { server: name },
      });
    }
    await Promise.race([exited, sleep(20)]);
  }
  if (ended !== undefined)
    throw new AndonError('port_taken', `${name} could not start: its port is taken by another program`, {
      expose: true,
      details: { server: name },
    });
  return {
    name,
    pid: child.pid,
    url: options.url,
    exited,
    ending: () => ended,
    signal,
    kill,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
