/**
 * run.json: what the supervisor runs, for `status`, `down` and the next `up`. Written by the supervisor alone, before
 * a process does its first work; removed when everything has ended. Holds the servers' URLs, so 0600.
 */
import { rmSync } from 'node:fs';
import { AndonError } from '../errors.ts';
import type { Fleet } from './fleet.ts';
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
  readonly ops?: string;
}

export interface RunFile extends Fleet {
  readonly boot: string;
  readonly supervisor: Identity;
  readonly state: 'starting' | 'ready' | 'stopping';
  readonly url: string;
  /** Environment that every process gets beside the caller's own. */
  readonly settings: Readonly<Record<string, string>>;
  readonly servers: readonly ServerEntry[];
  readonly processes: readonly ProcessEntry[];
}

const isIdentity = (value: unknown): value is Identity =>
  typeof value === 'object' && value !== null && 'pid' in value && 'started' in value;

const isRunFile = (value: unknown): value is RunFile =>
  typeof value === 'object' &&
  value !== null &&
  'supervisor' in value &&
  isIdentity(value.supervisor) &&
  ['servers', 'processes'].every((name) => {
    const list: unknown = Reflect.get(value, name);
    return Array.isArray(list) && list.every(isIdentity);
  });

/** undefined: nothing was started. Throws `bad_file` when what was started can't be told any more. */
export function readRun(place: Place): RunFile | undefined {
  let cause: unknown;
  try {
    const found = readPrivately(place.runFile);
    if (found === undefined || isRunFile(found)) return found;
  } catch (error) {
    if (!(error instanceof AndonError)) throw error;
    cause = error;
  }
  const how =
    'End its supervisor, "src/launcher/main.ts up" in the list of processes, if it runs; it ends all the others';
  throw new AndonError('bad_file', `${place.runFile} is damaged. ${how}. Then remove the file.`, {
    expose: true,
    cause,
  });
}

export const writeRun = (place: Place, run: RunFile): void => writePrivately(place.runFile, run);

export const removeRun = (place: Place): void => rmSync(place.runFile, { force: true });

/** Whether its supervisor still runs. After a reboot no pid in it means anything. */
export const isCurrent = (run: RunFile, boot: string = bootId()): boolean =>
  run.boot === boot && isAlive(run.supervisor);

/** What of it may still run although its supervisor is gone: processes, then servers, as they should end. */
export const leftovers = (run: RunFile, boot: string = bootId()): (readonly Identity[])[] =>
  run.boot === boot ? [run.processes, run.servers] : [];
