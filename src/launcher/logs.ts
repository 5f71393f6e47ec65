/** `logs [-f] [name]`: the last lines of the logs there are, and with -f what is added, until Ctrl-C. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError } from '../errors.ts';
import { lastLines, logFile, logNames, readFrom } from './log-files.ts';
import type { Place } from './place.ts';

const LINES = 50;
const POLL_MS = 200;

/** With several logs each line is led by the name of its own. */
const led = (text: string, name: string, alone: boolean): string =>
  alone ? text : text.replace(/^(?=.)/gm, `${name} | `);

function namesOf(place: Place, of: string | undefined): string[] {
  const names = existsSync(place.logs) ? logNames(place, of) : [];
  if (names.length > 0) return names;
  const all = existsSync(place.logs) ? logNames(place, undefined) : [];
  const known = all.length === 0 ? 'there are no logs yet' : `there are: ${all.join(', ')}`;
  throw new AndonError('no_log', of === undefined ? known : `there is no log "${of}"; ${known}`, { expose: true });
}

export async function logs(place: Place, { of, follow }: { of: string | undefined; follow: boolean }): Promise<number> {
  const names = namesOf(place, of);
  const places = new Map<string, number>();
  for (const name of names) {
    const { text, next } = lastLines(logFile(place, name), LINES);
    places.set(name, next);
    process.stdout.write(led(text, name, names.length === 1));
  }
  while (follow) {
    await sleep(POLL_MS);
    for (const name of logNames(place, of)) {
      const { text, next } = readFrom(logFile(place, name), places.get(name) ?? 0);
      places.set(name, next);
      if (text !== '') process.stdout.write(led(text, name, names.length === 1));
    }
  }
  return 0;
}
