import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { DirectoryStore } from '../../src/files/directory-store.ts';
import { spec } from '../_kit/spec.ts';
import { filesIn } from './sources.ts';
import { withFolder } from './temp-folder.ts';

interface Disk {
  readonly dir: string;
  readonly store: DirectoryStore;
  /** A file of these bytes, elsewhere. */
  readonly from: string;
}

const BYTES = Buffer.from('one two three '.repeat(500));
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const PLACE = join(SHA256.slice(0, 2), SHA256.slice(2));

const test = spec<Disk>('directory store', (lend, title) =>
  withFolder(async (folder) => {
    const [dir, from] = [join(folder, 'store'), join(folder, 'upload')];
    await writeFile(from, BYTES);
    const store = new DirectoryStore(dir);
    await store.open();
    await lend({ dir, store, from });
  }, title),
);
const failure = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', codeOf);

test('what was put stands whole under its hash, and what it came from stays', async ({ dir, store, from }) => {
  assert.equal([await store.has(SHA256), await store.file(SHA256)], [false, undefined]);
  await store.put(SHA256, from);
  assert.is(await store.has(SHA256), true);
  assert.equal(await filesIn(dir), [PLACE]);
  assert.equal(await readFile((await store.file(SHA256)) ?? ''), BYTES);
  assert.equal(await readFile(from), BYTES);
  await rm(from);
  assert.equal(await readFile(store.path(SHA256)), BYTES);
});

test('the same content again, also at once, is one file', async ({ dir, store, from }) => {
  await Promise.all([1, 2, 3, 4].map(() => store.put(SHA256, from)));
  await store.put(SHA256, from);
  assert.equal(await filesIn(dir), [PLACE]);
});

test('content that was damaged is whole after it was put again', async ({ store, from }) => {
  await store.put(SHA256, from);
  await rm(store.path(SHA256));
  await writeFile(store.path(SHA256), 'rot');
  await store.put(SHA256, from);
  assert.equal(await readFile(store.path(SHA256)), BYTES);
});

test('content of another disk is copied', async ({ dir, store }) => {
  const shared = await mkdtemp('/dev/shm/andon-files-');
  const from = join(shared, 'upload');
  try {
    await writeFile(from, BYTES);
    assert.is.not((await stat(from)).dev, (await stat(dir)).dev);
    await store.put(SHA256, from);
  } finally {
    await rm(shared, { recursive: true });
  }
  assert.equal(await readFile(store.path(SHA256)), BYTES);
  assert.equal(await filesIn(dir), [PLACE]);
});

test('a folder that is gone is a store that is away, not an empty one', async ({ dir, store, from }) => {
  await rm(dir, { recursive: true });
  const codes = await Promise.all([store.put(SHA256, from), store.has(SHA256), store.file(SHA256)].map(failure));
  assert.equal(codes, ['unavailable', 'unavailable', 'unavailable']);
  await mkdir(dir);
  await store.put(SHA256, from);
  assert.is(await store.has(SHA256), true);
});

test('a store that takes nothing keeps nothing', async ({ dir, store, from }) => {
  await writeFile(join(dir, SHA256.slice(0, 2)), 'a file where a folder should be');
  assert.is(await failure(store.put(SHA256, from)), 'unavailable');
  assert.equal(await filesIn(dir), [SHA256.slice(0, 2)]);
  assert.is(await failure(store.put(SHA256, `${from}-none`)), 'unavailable');
});

test('what a killed process left aside is swept once it is old', async ({ dir, store }) => {
  assert.is(await store.sweep(1_000), 0, 'a store that was never used');
  await mkdir(join(dir, 'incoming'));
  await writeFile(join(dir, 'incoming', 'old'), 'x');
  await utimes(join(dir, 'incoming', 'old'), 1, 1);
  await writeFile(join(dir, 'incoming', 'new'), 'x');
  assert.is(await store.sweep(60_000), 1);
  assert.equal(await filesIn(dir), ['incoming/new']);
});

test('only a hash is a place', ({ store }) => {
  for (const bad of ['', '../../etc/passwd', SHA256.toUpperCase(), `${SHA256}/..`]) {
    assert.throws(
      () => store.path(bad),
      (error: unknown) => codeOf(error) === 'bad_hash',
    );
  }
});
