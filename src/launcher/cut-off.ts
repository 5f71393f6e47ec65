/**
 * Whether a restore into this data folder was cut off. The mark stands from before the first thing that a restore changes
 * until the database is adopted, so `up` never founds a blank Andon in what half a restore left.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AndonError } from '../errors.ts';
import type { Place } from './place.ts';
import { writePrivately } from './private-file.ts';

const markOf = (place: Place): string => join(place.data, 'restoring.json');

export const markRestoring = (place: Place, dir: string): void =>
  writePrivately(markOf(place), { from: dir, since: new Date().toISOString() });

export const unmarkRestoring = (place: Place): void => rmSync(markOf(place), { force: true });

/** Throws `restore_cut_off`. */
export function checkNotCutOff(place: Place): void {
  if (!existsSync(markOf(place))) return;
  const how = 'run `./andon restore DIR --force` again, or, where nothing of it is wanted, throw this folder away';
  throw new AndonError(
    'restore_cut_off',
    `a restore into ${place.data} did not come to its end: ${how} (docs/operations.md)`,
    {
      expose: true,
    },
  );
}
