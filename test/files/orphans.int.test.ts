import { mkdir, readdir, rename, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { DirectoryStore } from '../../src/files/directory-store.ts';
import { placeIn } from '../../src/files/hash-folder.ts';
import { allNamed, whichAreNamed } from '../../src/files/named.ts';
import { sweepOrphans } from '../../src/files/orphans.ts';
import { binaryStl, box } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { type Shelf, upload, withShelf } from './with-shelf.ts';

const test = spec('content that nobody names', withShelf);

const DAY_MS = 86_400_000;
const ORPHAN = 'ab'.repeat(32);

async function putOld(shelf: Shelf, sha256: string): Promise<string> {
  const place = placeIn(join(shelf.dir, 'store'), sha256);
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, 'whose is this');
  await age(place);
  return place;
}

const age = (path: string): Promise<void> => utimes(path, new Date(), new Date(Date.now() - 2 * DAY_MS));
const sweep = (shelf: Shelf, more: Partial<Parameters<typeof sweepOrphans>[0]> = {}) =>
  sweepOrphans({
    dir: join(shelf.dir, 'store'),
    database: 'ours',
    olderThanMs: DAY_MS,
    named: (contents) => whichAreNamed(shelf.pool, contents),
    ...more,
  });

test('goes when it is old; what a model names stays however old it is, and so does what is new', async (shelf) => {
  const { model } = await shelf.models().put(upload(binaryStl(box())));
  await age(placeIn(join(shelf.dir, 'store'), model.sha256));
  await putOld(shelf, ORPHAN);
  const fresh = 'cd'.repeat(32);
  await utimes(await putOld(shelf, fresh), new Date(), new Date());
  assert.equal(await sweep(shelf), { removed: 1 });
  const store = new DirectoryStore(join(shelf.dir, 'store'));
  assert.equal(await Promise.all([ORPHAN, fresh, model.sha256].map((sha256) => store.has(sha256))), [
    false,
    true,
    true,
  ]);
  const all: string[] = [];
  for await (const sha256 of allNamed(shelf.pool)) all.push(sha256);
  assert.equal(all, [model.sha256]);
});

test('that is uploaded in the very moment of the sweep is there afterwards', async (shelf) => {
  const bytes = binaryStl(box());
  const { model } = await shelf.models().put(upload(bytes));
  const place = placeIn(join(shelf.dir, 'store'), model.sha256);
  await shelf.pool.query('DELETE FROM models').catch(() => undefined);
  await age(place);
  let looks = 0;
  const swept = await sweep(shelf, {
    async named(contents) {
      looks++;
      // Nobody names it at the first look; then an upload writes it and commits, before it is put aside.
      if (looks === 1) {
        await shelf.models().put(upload(bytes, { owner: 'ben' }));
        return new Set();
      }
      return whichAreNamed(shelf.pool, contents);
    },
  });
  assert.equal([swept, looks], [{ removed: 0 }, 2]);
  assert.ok(await shelf.models().checkedFile(model));
});

test('is judged again when the sweep that put it aside was killed', async (shelf) => {
  const { model } = await shelf.models().put(upload(binaryStl(box())));
  const store = join(shelf.dir, 'store');
  await mkdir(join(store, 'incoming'), { recursive: true });
  await rename(placeIn(store, model.sha256), join(store, 'incoming', `orphan-${model.sha256}`));
  await age(join(store, 'incoming', `orphan-${model.sha256}`));
  await rename(await putOld(shelf, ORPHAN), join(store, 'incoming', `orphan-${ORPHAN}`));
  assert.is(await new DirectoryStore(store).sweep(0), 0, 'the sweep of broken uploads leaves them alone');
  assert.equal(await sweep(shelf), { removed: 1 });
  assert.ok(await shelf.models().checkedFile(model));
  assert.equal(await readdir(join(store, 'incoming')), []);
});

test('stays where the store belongs to another database', async (shelf) => {
  await putOld(shelf, ORPHAN);
  assert.equal(await sweep(shelf, { database: 'theirs' }), { removed: 1 });
  const place = await putOld(shelf, ORPHAN);
  assert.equal(await sweep(shelf), { foreign: 'theirs' });
  assert.ok((await readdir(dirname(place))).length > 0);
});
