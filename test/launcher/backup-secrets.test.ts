import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Manifest, printOf, secretsFile } from '../../src/launcher/backup-folder.ts';
import { secretsToTake, takeSecrets } from '../../src/launcher/backup-secrets.ts';
import { writePrivately } from '../../src/launcher/private-file.ts';
import { readSecrets } from '../../src/launcher/secrets.ts';
import { spec } from '../_kit/spec.ts';
import { withPlace } from './folder.ts';

const test = spec('the secrets of a backup', withPlace);

const THEN = { secret: 'then', tokenKey: 'key of then' };
const manifest = { secrets: { included: true, print: printOf(THEN) } } as Manifest;

const backupIn = (data: string): string => {
  const dir = join(data, 'backup');
  mkdirSync(dir);
  writePrivately(secretsFile(dir), THEN);
  return dir;
};

test('are found without anything being changed, and refused in place of others', (place) => {
  const dir = backupIn(place.data);
  assert.equal(secretsToTake(place, { dir, manifest, force: false }, {}), THEN);
  assert.not.ok(existsSync(place.secretsFile));
  readSecrets(place);
  const before = readFileSync(place.secretsFile, 'utf8');
  assert.throws(() => secretsToTake(place, { dir, manifest, force: false }, {}), /--force/);
  assert.equal(secretsToTake(place, { dir, manifest, force: true }, {}), THEN);
  assert.is(readFileSync(place.secretsFile, 'utf8'), before);
});

test('take the place of others, which are kept beside, and leave the servers theirs', (place) => {
  const dir = backupIn(place.data);
  const { secret, ...before } = readSecrets(place);
  takeSecrets(place, THEN);
  assert.equal(readSecrets(place), { ...before, ...THEN });
  const beside = JSON.parse(readFileSync(`${place.secretsFile}.before`, 'utf8')) as { secret: string };
  assert.is(beside.secret, secret);
  assert.is(secretsToTake(place, { dir, manifest, force: false }, {}), undefined, 'they are ours now');
});
