import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { Spool } from '../../src/files/spool.ts';
import { spec } from '../_kit/spec.ts';
import { brokenOff, filesIn, inPieces } from './sources.ts';
import { withFolder } from './temp-folder.ts';

const test = spec('spool', withFolder);
const BYTES = Buffer.from('one two three '.repeat(500));
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const PLACE = join(SHA256.slice(0, 2), SHA256.slice(2));
const failure = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', codeOf);

test('content is hashed on the way and stands under its hash once it is kept', async (dir) => {
  const spool = new Spool(dir);
  const received = await spool.receive(inPieces(BYTES, 333), BYTES.length);
  assert.equal([received.sha256, received.bytes], [SHA256, BYTES.length]);
  assert.equal(Buffer.from(received.head), BYTES.subarray(0, 512));
  assert.is(await spool.file(SHA256), undefined);
  await received.keep();
  await received.drop();
  assert.equal(await filesIn(dir), [PLACE]);
  assert.equal(await readFile((await spool.file(SHA256)) ?? ''), BYTES);
  await spool.remove(SHA256);
  await spool.remove(SHA256);
  assert.equal(await filesIn(dir), []);
});

test('the same content twice, also at once, is one file', async (dir) => {
  const spool = new Spool(dir);
  const both = await Promise.all([1, 2].map(() => spool.receive(inPieces(BYTES), BYTES.length)));
  await Promise.all(both.map((received) => received.keep()));
  await (await spool.receive(inPieces(BYTES), BYTES.length)).keep();
  assert.equal(await filesIn(dir), [PLACE]);
});

test('an upload that breaks off, is too large or is dropped leaves nothing', async (dir) => {
  const spool = new Spool(dir);
  assert.is(await failure(spool.receive(brokenOff(BYTES, 100), BYTES.length)), 'upload_aborted');
  assert.is(await failure(spool.receive(brokenOff(BYTES, 0), BYTES.length)), 'upload_aborted');
  assert.is(await failure(spool.receive(inPieces(BYTES), BYTES.length - 1)), 'too_large');
  await (await spool.receive(inPieces(BYTES), BYTES.length)).drop();
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
  assert.is(await failure(new Spool(dir).receive(endless(), 10 * BYTES.length)), 'too_large');
  assert.is(ended, true);
});

test('a disk that takes nothing is unavailable', async (dir) => {
  await writeFile(join(dir, 'incoming'), 'a file where a folder should be');
  assert.is(await failure(new Spool(dir).receive(inPieces(BYTES), BYTES.length)), 'unavailable');
});

/** While it runs, the second write to any file finds the disk full. */
async function onFullDisk(dir: string, act: () => Promise<void>): Promise<void> {
  const some = await open(dir, 'r');
  const handles: FileHandle = Object.getPrototypeOf(some);
  await some.close();
  const { writeFile: real } = handles;
  let writes = 0;
  handles.writeFile = function (this: FileHandle, ...args) {
    if (++writes === 2) return Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    return real.apply(this, args);
  };
  try {
    await act();
  } finally {
    handles.writeFile = real;
  }
  assert.is(writes, 2);
}

test('a disk that becomes full within an upload is unavailable, and nothing half of it is kept', (dir) =>
  onFullDisk(dir, async () => {
    assert.is(await failure(new Spool(dir).receive(inPieces(BYTES), BYTES.length)), 'unavailable');
    assert.equal(await filesIn(dir), []);
  }));

test('what killed processes left is swept once it is old, but not what still waits for the store', async (dir) => {
  const spool = new Spool(dir);
  const nobody = async (): Promise<ReadonlySet<string>> => new Set();
  assert.is(await spool.sweep(1_000, nobody), 0, 'a spool that was never used');
  await mkdir(join(dir, 'incoming'));
  const old = async (path: string): Promise<void> => {
    await writeFile(path, 'x');
    await utimes(path, 1, 1);
  };
  await old(join(dir, 'incoming', 'old'));
  await writeFile(join(dir, 'incoming', 'new'), 'x');
  const place = (first: string): string => first + 'f'.repeat(62);
  for (const first of ['aa', 'bb', 'cc']) {
    await mkdir(join(dir, first));
    await old(join(dir, first, 'f'.repeat(62)));
  }
  await writeFile(join(dir, 'cc', 'f'.repeat(62)), 'young');
  const asked: string[][] = [];
  const removed = await spool.sweep(60_000, async (found) => {
    asked.push([...found].sort());
    return new Set([place('bb')]);
  });
  assert.is(removed, 2);
  assert.equal(asked, [[place('aa'), place('bb')]]);
  assert.equal(await filesIn(dir), [`bb/${'f'.repeat(62)}`, `cc/${'f'.repeat(62)}`, 'incoming/new']);
});
