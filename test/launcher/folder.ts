/** A place of its own in the temporary folder, for tests of the launcher's files. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolders, type Place, placeOf } from '../../src/launcher/place.ts';
import type { Fixture } from '../_kit/spec.ts';

export const withPlace: Fixture<Place> = async (lend) => {
  const folder = await mkdtemp(join(tmpdir(), 'andon-place-'));
  try {
    const place = placeOf({ ANDON_DATA: join(folder, 'data') });
    makeFolders(place);
    await lend(place);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
