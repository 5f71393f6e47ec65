/** `up [-d] [--nodes N] [--workers N] [--keepers N] [--demo]`: starts Andon, or says that it is up. In the foreground this very process supervises. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError } from '../errors.ts';
import { checkHidden } from './demo.ts';
import { demoTable } from './demo-table.ts';
import { startDetached } from './detach.ts';
import { type Fleet, fleetAsArguments, fleetInWords, sameFleet } from './fleet.ts';
import { loginTable, readLogins } from './logins.ts';
import type { Place } from './place.ts';
import type { RunFile } from './run-file.ts';
import { currentRun, runOrLock } from './running.ts';
import type { Env } from './settings.ts';
import { supervise } from './supervise.ts';

const print = (line: string): void => console.log(line);

/** Another command may just be starting it, milliseconds. */
const OTHER_MS = 180_000;

function announce(place: Place, url: string, demo: Fleet['demo']): void {
  const logins = readLogins(place);
  print(`\nAndon is up: ${url}`);
  if (logins.length === 0) {
    print('No passwords are kept here; those of the database count, after a restore those of the backup.');
    print('./andon users list names the log-ins, ./andon users passwd LOGIN gives one a new password.');
    return;
  }
  if (demo !== undefined) {
    for (const line of demoTable(logins, demo === 'all')) print(line);
    print(`All of them are in ${place.loginsFile}; docs/operations.md tells what to try.`);
    return;
  }
  print(`Log-ins, the first of each role (all ${logins.length} in ${place.loginsFile}):`);
  for (const line of loginTable(logins)) print(line);
}

/** The run that another command began, once it is ready; undefined: it failed, or was just ending. */
async function otherReady(place: Place): Promise<RunFile | undefined> {
  for (const end = Date.now() + OTHER_MS; Date.now() < end; await sleep(100)) {
    const found = await runOrLock(place);
    if ('release' in found) {
      await found.release();
      return undefined;
    }
    if (found.run.state === 'ready') return found.run;
  }
  throw new AndonError('not_started', 'another command is starting Andon and does not come to an end', {
    expose: true,
  });
}

function sayThatItIsUp(place: Place, run: RunFile, fleet: Fleet): void {
  announce(place, run.url, run.demo);
  const how = ` To change that: ./andon down, then up ${fleetAsArguments(fleet).join(' ')}.`;
  print(`\nIt was up already, with ${fleetInWords(run)}.${sameFleet(run, fleet) ? '' : how}`);
}

/** `busy`: somebody else was faster. */
async function start(place: Place, detach: boolean, fleet: Fleet, env: Env): Promise<'done' | 'busy'> {
  if (detach) {
    if ((await startDetached(place, fleet, env, print)) === 'busy') return 'busy';
    announce(place, place.url, fleet.demo);
    return 'done';
  }
  const end = await supervise(place, fleet, env, print, () => {
    announce(place, place.url, fleet.demo);
    print('\nCtrl-C stops it.');
  });
  return end === 'busy' ? 'busy' : 'done';
}

export async function up(
  place: Place,
  { detach, force, nodes, workers, keepers, demo }: Fleet & { readonly detach: boolean },
  env: Env,
): Promise<number> {
  const fleet: Fleet = {
    ...{ nodes, workers, keepers },
    ...(demo === undefined ? {} : { demo }),
    ...(force ? { force } : {}),
  };
  if (env['ANDON_DETACHED'] === '1') {
    // The supervisor in the background only leaves word: its output is a log, no place for passwords.
    await supervise(place, fleet, env, print, () => undefined);
    return 0;
  }
  checkHidden(place, fleet, env);
  while (currentRun(place) !== undefined || (await start(place, detach, fleet, env)) === 'busy') {
    const run = await otherReady(place);
    if (run === undefined) continue;
    sayThatItIsUp(place, run, fleet);
    break;
  }
  return 0;
}
