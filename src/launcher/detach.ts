/**
 * `up -d`: starts the supervisor in a session of its own, passes on what it says, and returns once it is ready or has
 * failed. Ctrl-C meanwhile gives the start up.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { AndonError } from '../errors.ts';
import { type Fleet, fleetAsArguments } from './fleet.ts';
import { freshLog } from './log-files.ts';
import type { Word } from './parent.ts';
import { makeFolders, type Place } from './place.ts';
import type { Env } from './settings.ts';

function startSupervisor(place: Place, fleet: Fleet, env: Env): ChildProcess {
  const log = openSync(freshLog(place, 'supervisor'), 'a', 0o600);
  const child = fork(join(place.root, 'src/launcher/main.ts'), ['up', ...fleetAsArguments(fleet)], {
    cwd: process.cwd(),
    env: { ...env, ANDON_DETACHED: '1' } as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return child;
}

/** Resolves when it is ready, or another one has the place; throws what went wrong, and then nothing runs. */
export async function startDetached(
  place: Place,
  fleet: Fleet,
  env: Env,
  print: (line: string) => void,
): Promise<'ready' | 'busy'> {
  makeFolders(place);
  const child = startSupervisor(place, fleet, env);
  let how = '';
  const exited = new Promise<'exited'>((resolve) => {
    const end = (text: string): void => {
      how = text;
      resolve('exited');
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => {
      const text = signal ?? `exit code ${code}`;
      // Its last word may still be on the way.
      if (child.connected) child.once('disconnect', () => setImmediate(end, text));
      else setImmediate(end, text);
    });
  });
  let failed: string | undefined;
  const answered = new Promise<'ready' | 'busy'>((resolve) => {
    child.on('message', (word: Word) => {
      if ('line' in word) print(word.line);
      else if ('failed' in word) failed = word.failed;
      else resolve('busy' in word ? 'busy' : 'ready');
    });
  });
  let givenUp = false;
  const giveUp = (): void => {
    givenUp = true;
    if (child.connected) child.disconnect();
  };
  process.once('SIGINT', giveUp);
  process.once('SIGTERM', giveUp);
  const end = await Promise.race([answered, exited]);
  process.off('SIGINT', giveUp);
  process.off('SIGTERM', giveUp);
  if (end === 'exited') {
    const why = givenUp ? 'given up' : (failed ?? `the supervisor ended (${how}); see ./andon logs supervisor`);
    throw new AndonError('not_started', why, { expose: true });
  }
  if (child.connected) child.disconnect();
  child.unref();
  return end;
}
