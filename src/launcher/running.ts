/** What is running for a data folder, judged by run.json; and the end of what a dead supervisor left behind. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockPath } from './lock.ts';
import { end, isAlive } from './pids.ts';
import type { Place } from './place.ts';
import { isCurrent, leftovers, type RunFile, readRun, removeRun } from './run-file.ts';

export const currentRun = (place: Place): RunFile | undefined => {
  const run = readRun(place);
  return run !== undefined && isCurrent(run) ? run : undefined;
};

/** Held by the supervisor for its whole life. undefined: another one has it. */
export const lockSupervisor = (place: Place): Promise<(() => Promise<void>) | undefined> =>
  lockPath(place.data, 'supervisor');

/**
 * Ends what run.json of a dead supervisor still names, by pid and start time, and removes the file. For whoever holds
 * the lock. Returns how many were ended.
 */
export async function endLeftovers(place: Place, graceMs: number): Promise<number> {
  const run = readRun(place);
  if (run === undefined) return 0;
  let ended = 0;
  for (const group of leftovers(run)) {
    ended += group.filter(isAlive).length;
    const asking = group === run.processes ? 'SIGINT' : 'SIGTERM'; // to processes: all stop, clients have nowhere to go
    await Promise.all(group.map((who) => end(who, graceMs, asking)));
  }
  removeRun(place);
  return ended;
}

/**
 * A supervisor that has just been started has the lock before it has a run.json. Resolves with the run once there is
 * one, or with the lock when nobody runs.
 */
export async function runOrLock(place: Place): Promise<{ run: RunFile } | { release: () => Promise<void> }> {
  if (!existsSync(place.data)) return { release: async () => undefined };
  for (;;) {
    const run = currentRun(place);
    if (run !== undefined) return { run };
    const release = await lockSupervisor(place);
    if (release !== undefined) return { release };
    await sleep(50);
  }
}
