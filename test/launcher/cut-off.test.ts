import * as assert from 'uvu/assert';
import { checkNotCutOff, markRestoring, unmarkRestoring } from '../../src/launcher/cut-off.ts';
import { supervise } from '../../src/launcher/supervise.ts';
import { spec } from '../_kit/spec.ts';
import { withPlace } from './folder.ts';

const test = spec('a restore that was cut off', withPlace);

const FLEET = { nodes: 1, workers: 1, keepers: 1 };
const silent = (): void => undefined;

test('keeps up from founding a blank Andon there, with what to do instead', async (place) => {
  markRestoring(place, '/backups/andon');
  const failed = await supervise(place, FLEET, {}, silent, silent).catch((error: Error) => error.message);
  assert.match(String(failed), /did not come to its end: run `\.\/andon restore DIR --force`/);
  unmarkRestoring(place);
  assert.not.throws(() => checkNotCutOff(place));
});
