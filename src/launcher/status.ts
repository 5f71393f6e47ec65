/** `status [--json]`: what runs and whether it serves. Exit code 0 only when all of it is alive and every node ready. */
import { isAlive } from './pids.ts';
import type { Place } from './place.ts';
import { isReady } from './readiness.ts';
import { isCurrent, type RunFile, readRun } from './run-file.ts';
import { listens } from './servers/ports.ts';

export interface Status {
  readonly url: string;
  readonly ready: boolean;
  readonly processes: readonly {
    readonly type: string;
    readonly index: number;
    readonly pid: number;
    readonly url?: string;
    /** Its own /livez, /readyz and /metrics. */
    readonly ops?: string;
  }[];
  /** `url` carries the owner's credentials. */
  readonly servers: readonly { readonly name: string; readonly pid: number; readonly url: string }[];
  readonly data: string;
}

async function serves(run: RunFile): Promise<boolean> {
  if (run.state !== 'ready' || !isCurrent(run)) return false;
  if (![...run.processes, ...run.servers].every(isAlive)) return false;
  // The nodes serve without the broker; a new one takes seconds before it listens.
  const brokers = run.servers.filter(({ name }) => name === 'rabbitmq').map(({ url }) => Number(new URL(url).port));
  if (!(await Promise.all(brokers.map(listens))).every(Boolean)) return false;
  const urls = new Set([run.url, ...run.processes.flatMap(({ url }) => url ?? [])]);
  return (await Promise.all([...urls].map(isReady))).every(Boolean);
}

export async function readStatus(place: Place): Promise<Status> {
  const run = readRun(place);
  if (run === undefined) return { url: place.url, ready: false, processes: [], servers: [], data: place.data };
  const ready = await serves(run);
  const processes = run.processes.filter(isAlive);
  const servers = run.servers.filter(isAlive);
  return {
    url: run.url,
    ready,
    processes: processes.map(({ type, index, pid, url, ops }) => ({
      type,
      index,
      pid,
      ...(url === undefined ? {} : { url }),
      ...(ops === undefined ? {} : { ops }),
    })),
    servers: servers.map(({ name, pid, url }) => ({ name, pid, url })),
    data: place.data,
  };
}

const withoutPassword = (text: string): string => {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
};

export async function status(place: Place, json: boolean, print: (line: string) => void): Promise<number> {
  const now = await readStatus(place);
  if (json) print(JSON.stringify(now, undefined, 2));
  else {
    const runs = now.processes.length + now.servers.length > 0;
    print(`Andon is ${now.ready ? `ready: ${now.url}` : runs ? 'not ready' : 'not running'}   (data in ${now.data})`);
    for (const { type, index, pid, ops = '', url = ops } of now.processes)
      print(`  ${`${type} ${index}`.padEnd(10)} pid ${String(pid).padEnd(8)} ${url}`);
    for (const { name, pid, url } of now.servers)
      print(`  ${name.padEnd(10)} pid ${String(pid).padEnd(8)} ${withoutPassword(url)}`);
  }
  return now.ready ? 0 : 1;
}
