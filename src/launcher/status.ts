/** `status [--json]`: what runs and how it is. Exit code 0 only when all of it is alive, answers and has what it needs. */
import { isAlive } from './pids.ts';
import type { Place } from './place.ts';
import { askReadiness } from './readiness.ts';
import { isCurrent, type ProcessEntry, type RunFile, readRun, type ServerEntry } from './run-file.ts';
import { listens } from './servers/ports.ts';
import { statusLines } from './status-lines.ts';

/** Why one of them is not ready. */
export type Mark = 'starting' | 'draining' | 'not answering' | 'not ready';

export interface ProcessStatus {
  readonly type: string;
  readonly index: number;
  readonly pid: number;
  readonly url?: string;
  /** Its own /livez, /readyz and /metrics. */
  readonly ops?: string;
  readonly ready: boolean;
  readonly mark?: Mark;
}

export interface ServerStatus {
  readonly name: string;
  readonly pid: number;
  /** Carries the owner's credentials. */
  readonly url: string;
  readonly ready: boolean;
  readonly mark?: Mark;
}

export interface Status {
  readonly url: string;
  readonly ready: boolean;
  /** Its supervisor lives: what dies is started again. */
  readonly watched: boolean;
  /** What the processes do without, by the words of their /readyz. */
  readonly degraded: readonly string[];
  /** What should run and does not, by name. */
  readonly gone: readonly string[];
  readonly processes: readonly ProcessStatus[];
  readonly servers: readonly ServerStatus[];
  readonly data: string;
}

/** True of the machine for good, and not of how Andon runs on it: told, but no reason to be called not ready. */
const OF_THE_MACHINE: readonly string[] = ['sandbox'];
/** Of one process; its row says it. */
const OF_A_PROCESS: readonly string[] = ['starting', 'draining'];

interface Looked {
  readonly mark?: Mark;
  readonly degraded: readonly string[];
}

async function look(url: string | undefined): Promise<Looked> {
  const answered = url === undefined ? { ready: true, degraded: [] } : await askReadiness(url);
  if (answered === 'refused') return { mark: 'starting', degraded: [] };
  if (answered === 'silent') return { mark: 'not answering', degraded: [] };
  const { ready, degraded } = answered;
  if (degraded.includes('draining')) return { mark: 'draining', degraded };
  if (degraded.includes('starting')) return { mark: 'starting', degraded };
  return ready ? { degraded } : { mark: 'not ready', degraded };
}

const withMark = (mark: Mark | undefined) => (mark === undefined ? { ready: true } : { ready: false, mark });

async function processStatus(entry: ProcessEntry): Promise<readonly [ProcessStatus, readonly string[]]> {
  const { type, index, pid, url, ops } = entry;
  const { mark, degraded } = await look(url ?? ops);
  const status = {
    type,
    index,
    pid,
    ...(url === undefined ? {} : { url }),
    ...(ops === undefined ? {} : { ops }),
    ...withMark(mark),
  };
  return [status, degraded];
}

async function serverStatus(
  { name, pid, url }: ServerEntry,
  degraded: ReadonlySet<string>,
  state: RunFile['state'],
): Promise<ServerStatus> {
  const one = { name, pid, url };
  if (name === 'nginx') return { ...one, ...withMark((await look(url)).mark) };
  const port = Number(new URL(url).port);
  // A frozen one still takes connections; the processes know better.
  if (await listens(port)) return { ...one, ...withMark(degraded.has(name) ? 'not answering' : undefined) };
  return { ...one, ...withMark(state === 'stopping' ? 'not answering' : 'starting') };
}

async function lookAt(run: RunFile): Promise<Omit<Status, 'url' | 'data'>> {
  const [processes, servers] = [run.processes.filter(isAlive), run.servers.filter(isAlive)];
  const gone = [
    ...run.processes.filter((one) => !processes.includes(one)).map(({ type, index }) => `${type} ${index}`),
    ...run.servers.filter((one) => !servers.includes(one)).map(({ name }) => name),
  ];
  const looked = await Promise.all(processes.map(processStatus));
  const words = new Set(looked.flatMap(([, degraded]) => degraded).filter((word) => !OF_A_PROCESS.includes(word)));
  const of = {
    processes: looked.map(([status]) => status),
    servers: await Promise.all(servers.map((server) => serverStatus(server, words, run.state))),
  };
  const watched = isCurrent(run);
  const degraded = [...words];
  const ready =
    watched &&
    run.state === 'ready' &&
    gone.length === 0 &&
    [...of.processes, ...of.servers].every((one) => one.ready) &&
    degraded.every((word) => OF_THE_MACHINE.includes(word));
  return { ready, watched, degraded, gone, ...of };
}

export async function readStatus(place: Place): Promise<Status> {
  const run = readRun(place);
  const nothing = { ready: false, watched: false, degraded: [], gone: [], processes: [], servers: [] };
  return { url: run?.url ?? place.url, ...(run === undefined ? nothing : await lookAt(run)), data: place.data };
}

export async function status(place: Place, json: boolean, print: (line: string) => void): Promise<number> {
  const now = await readStatus(place);
  if (json) print(JSON.stringify(now, undefined, 2));
  else for (const line of statusLines(now)) print(line);
  return now.ready ? 0 : 1;
}
