/** `down`: asks the supervisor to end and waits until everything it started is gone; does its work if it is dead. */
import { existsSync } from 'node:fs';
import { endSession, gone, signal } from './pids.ts';
import type { Place } from './place.ts';
import { leftovers, readRun } from './run-file.ts';
import { endLeftovers, runOrLock } from './running.ts';

/** Draining nodes and a checkpoint of Postgres take their time, milliseconds. */
const PATIENCE_MS = 60_000;
const GRACE_MS = 8_000;

export async function down(place: Place, print: (line: string) => void): Promise<number> {
  const found = existsSync(place.data) ? await runOrLock(place) : undefined;
  let ended = 0;
  if (found !== undefined && 'run' in found) {
    const { supervisor } = found.run;
    const before = leftovers(readRun(place) ?? found.run).flat();
    signal(supervisor, 'SIGTERM');
    if (!(await gone(supervisor, PATIENCE_MS))) {
      print(`the supervisor (pid ${supervisor.pid}) does not end; ending it`);
      signal(supervisor, 'SIGKILL');
      await gone(supervisor, 10_000);
    }
    ended = before.length + 1;
    await endLeftovers(place, GRACE_MS);
    for (const who of before) endSession(who);
  } else if (found !== undefined) {
    ended = await endLeftovers(place, GRACE_MS);
    await found.release();
  }
  print(ended === 0 ? 'Andon is not running' : 'Andon is down');
  return 0;
}
