/** `up [-d] [--nodes N]`: starts Andon, or says that it is up. In the foreground this very process supervises. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError } from '../errors.ts';
import { startDetached } from './detach.ts';
import { loginTable, readLogins } from './logins.ts';
import type { Place } from './place.ts';
import type { RunFile } from './run-file.ts';
import { currentRun } from './running.ts';
import type { Env } from './settings.ts';
import { supervise } from './supervise.ts';

const print = (line: string): void => console.log(line);

/** Another command may just be starting it, milliseconds. */
const OTHER_MS = 180_000;

function announce(place: Place, url: string): void {
  const logins = readLogins(place);
  print(`\nAndon is up: ${url}`);
  if (logins.length === 0) return;
  print(`Log-ins, the first of each role (all ${logins.length} in ${place.loginsFile}):`);
  for (const line of loginTable(logins)) print(line);
}

/** Waits for the run that another command began; throws if that fails. */
async function otherReady(place: Place): Promise<RunFile> {
  for (const end = Date.now() + OTHER_MS; Date.now() < end; await sleep(100)) {
    const run = currentRun(place);
    if (run === undefined) break;
    if (run.state === 'ready') return run;
  }
  throw new AndonError('not_started', 'another command was starting or stopping Andon; try again', { expose: true });
}

async function sayThatItIsUp(place: Place, nodes: number): Promise<number> {
  const run = await otherReady(place);
  announce(place, run.url);
  const has = `${run.nodes} web node${run.nodes === 1 ? '' : 's'}`;
  print(
    `\nIt was up already, with ${has}.${run.nodes === nodes ? '' : ` To change that: ./andon down, then up --nodes ${nodes}.`}`,
  );
  return 0;
}

export async function up(
  place: Place,
  { detach, nodes }: { detach: boolean; nodes: number },
  env: Env,
): Promise<number> {
  if (currentRun(place) !== undefined) return sayThatItIsUp(place, nodes);
  if (detach) {
    await startDetached(place, nodes, env, print);
    announce(place, currentRun(place)?.url ?? place.url);
    return 0;
  }
  const isBackground = env['ANDON_DETACHED'] === '1';
  const end = await supervise(place, nodes, env, print, () => {
    if (isBackground) return; // its output is a log, no place for passwords
    announce(place, place.url);
    print('\nCtrl-C stops it.');
  });
  return end === 'busy' ? sayThatItIsUp(place, nodes) : 0;
}
