import { createHash } from 'node:crypto';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { ContentStore } from '../../src/files/content-store.ts';
import { spec } from '../_kit/spec.ts';
import { brokenOff, filesIn, inPieces } from './sources.ts';
import { withFolder } from './temp-folder.ts';

const test = spec('content store', withFolder);
const BYTES = Buffer.from('one two three '.repeat(500));
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const PLACE = join(SHA256.slice(0, 2), SHA256.slice(2));
const failure = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', codeOf);

test('content is hashed on the way and stands under its hash once it is kept', async (dir) => {
  const store = new ContentStore(dir);
  const received = await store.receive(inPieces(BYTES, 333), BYTES.length);
  assert.is(received.sha256, SHA256);
  assert.is(received.bytes, BYTES.length);
  assert.equal(Buffer.from(received.head), BYTES.subarray(0, 512));
  assert.is(await store.has(SHA256), false);
  await received.keep();
  assert.is(await store.has(SHA256), true);
  assert.equal(await filesIn(dir), [PLACE]);
  assert.equal(await readFile(store.path(SHA256)), BYTES);
});

test('the same content twice, also at once, is one file', async (dir) => {
  const store = new ContentStore(dir);
  const both = await Promise.all([1, 2].map(() => store.receive(inPieces(BYTES), BYTES.length)));
  await Promise.all(both.map((received) => received.keep()));
  await (await store.receive(inPieces(BYTES), BYTES.length)).keep();
  assert.equal(await filesIn(dir), [PLACE]);
});

test('an upload that breaks off, is too large or is dropped leaves nothing', async (dir) => {
  const store = new ContentStore(dir);
  assert.is(await failure(store.receive(brokenOff(BYTES, 100), BYTES.length)), 'upload_aborted');
  assert.is(await failure(store.receive(brokenOff(BYTES, 0), BYTES.length)), 'upload_aborted');
  assert.is(await failure(store.receive(inPieces(BYTES), BYTES.length - 1)), 'too_large');
  await (await store.receive(inPieces(BYTES), BYTES.length)).drop();
  assert.equal(await filesIn(dir), []);
});

test('a source that is too large is read no further, and told so', async (dir) => {
  let ended = false;
  async function* endless() {
    try {
      for (;;) yield BYTES;
    } finally {
      ended = true;
    }
  }
  assert.is(await failure(new ContentStore(dir).receive(endless(), 10 * BYTES.length)), 'too_large');
  assert.is(ended, true);
});

test('a disk that takes nothing is unavailable', async (dir) => {
  await writeFile(join(dir, 'incoming'), 'a file where a folder should be');
  assert.is(await failure(new ContentStore(dir).receive(inPieces(BYTES), BYTES.length)), 'unavailable');
});

test('what a killed process left is swept once it is old', async (dir) => {
  const store = new ContentStore(dir);
  assert.is(await store.sweep(1_000), 0, 'a store that was never used');
  await mkdir(join(dir, 'incoming'));
  await writeFile(join(dir, 'incoming', 'old'), 'x');
  await utimes(join(dir, 'incoming', 'old'), 1, 1);
  await writeFile(join(dir, 'incoming', 'new'), 'x');
  assert.is(await store.sweep(60_000), 1);
  assert.equal(await filesIn(dir), ['incoming/new']);
});

test('only a hash is a place', (dir) => {
  const store = new ContentStore(dir);
  for (const bad of ['', '../../etc/passwd', SHA256.toUpperCase(), `${SHA256}/..`]) {
    assert.throws(
      () => store.path(bad),
      (error: unknown) => codeOf(error) === 'bad_hash',
    );
  }
});
