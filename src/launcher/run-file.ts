/**
 * run.json: what the supervisor runs, for `status`, `down` and the next `up`. Written by the supervisor alone, before
 * a process does its first work; removed when everything has ended. Holds the servers' URLs, so 0600.
 */
import { rmSync } from 'node:fs';
import { bootId, type Identity, isAlive } from './pids.ts';
import type { Place } from './place.ts';
import { readPrivately, writePrivately } from './private-file.ts';

export interface ServerEntry extends Identity {
  readonly name: string;
  readonly url: string;
}

export interface ProcessEntry extends Identity {
  readonly type: string;
  readonly index: number;
  readonly url?: string;
}

export interface RunFile {
  readonly boot: string;
  readonly supervisor: Identity;
  readonly state: 'starting' | 'ready' | 'stopping';
  readonly url: string;
  readonly nodes: number;
  /** Environment that every process gets beside the caller's own. */
  readonly settings: Readonly<Record<string, string>>;
  readonly servers: readonly ServerEntry[];
  readonly processes: readonly ProcessEntry[];
}

export function readRun(place: Place): RunFile | undefined {
  const found = readPrivately(place.runFile);
  if (typeof found !== 'object' || found === null || !('supervisor' in found)) return undefined;
  return found as RunFile;
}

export const writeRun = (place: Place, run: RunFile): void => writePrivately(place.runFile, run);

export const removeRun = (place: Place): void => rmSync(place.runFile, { force: true });

/** Whether its supervisor still runs. After a reboot no pid in it means anything. */
export const isCurrent = (run: RunFile, boot: string = bootId()): boolean =>
  run.boot === boot && isAlive(run.supervisor);

/** What of it may still run although its supervisor is gone: processes, then servers, as they should end. */
export const leftovers = (run: RunFile, boot: string = bootId()): (readonly Identity[])[] =>
  run.boot === boot ? [run.processes, run.servers] : [];
