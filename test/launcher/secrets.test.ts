import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { writePrivately } from '../../src/launcher/private-file.ts';
import { readSecrets } from '../../src/launcher/secrets.ts';
import { spec } from '../_kit/spec.ts';
import { withPlace } from './folder.ts';

const test = spec('secrets', withPlace);

test('secrets are made once and stay', (place) => {
  const first = readSecrets(place);
  assert.equal(readSecrets(place), first);
});

test('no two secrets are alike, nor those of two places', (place) => {
  const values = Object.values(readSecrets(place));
  assert.is(new Set(values).size, values.length);
  const before = readSecrets(place).secret;
  writePrivately(place.secretsFile, {});
  assert.is.not(readSecrets(place).secret, before);
});

test('only their owner can read them', (place) => {
  readSecrets(place);
  assert.is(statSync(place.secretsFile).mode & 0o777, 0o600);
  assert.is(statSync(place.data).mode & 0o777, 0o700);
});

test('the secret is long enough and the token key is an Ed25519 key in one line', (place) => {
  const { secret, tokenKey } = readSecrets(place);
  assert.ok(secret.length >= 32);
  assert.not.match(tokenKey, /\n/);
  assert.is(createPrivateKey(tokenKey.replaceAll('\\n', '\n')).asymmetricKeyType, 'ed25519');
});

test('a secret that a later version adds leaves the others as they are', (place) => {
  const first = readSecrets(place);
  const { redis: _, ...older } = JSON.parse(readFileSync(place.secretsFile, 'utf8')) as Record<string, string>;
  writePrivately(place.secretsFile, { ...older, fromTheFuture: 'kept' });
  const now = readSecrets(place);
  assert.equal({ ...now, redis: first.redis }, first);
  assert.is.not(now.redis, first.redis);
  assert.match(readFileSync(place.secretsFile, 'utf8'), /"fromTheFuture": "kept"/);
});

test('a file that was damaged is told, never replaced', (place) => {
  writeFileSync(place.secretsFile, '{"secret":');
  assert.throws(
    () => readSecrets(place),
    (error: Error) => error.message.includes(place.secretsFile),
  );
  assert.is(readFileSync(place.secretsFile, 'utf8'), '{"secret":');
});
