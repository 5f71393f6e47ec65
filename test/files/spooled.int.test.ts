import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { AndonError, codeOf } from '../../src/errors.ts';
import { DirectoryStore } from '../../src/files/directory-store.ts';
import { spoolFigures } from '../../src/files/figures.ts';
import { modelFacts } from '../../src/files/model-fact.ts';
import { Spool } from '../../src/files/spool.ts';
import { Counters } from '../../src/telemetry/counters.ts';
import { binaryStl, box, ring } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { contentsOf } from './shelf.ts';
import { filesIn } from './sources.ts';
import { upload, withShelf } from './with-shelf.ts';

const test = spec('models while the store is away', withShelf, { deadlineMs: 20_000 });

const BOX = binaryStl(box());
const RING = binaryStl(ring());
const failure = (promise: Promise<unknown>): Promise<AndonError | 'none'> =>
  promise.then(
    () => 'none',
    (error) => error,
  );

test('an upload is accepted into the spool, readable at once, and goes to the store when that is back', async (shelf) => {
  const models = shelf.models();
  await shelf.storeAway();
  const { model } = await models.put(upload(BOX, { key: 'k' }));
  assert.is(model.state, 'spooled');
  assert.equal(await models.stat(model.id), model);
  assert.is((await modelFacts(models)(model.id))?.stored, false);
  assert.equal(await readFile(await models.checkedFile(model)), BOX);
  assert.equal(await filesIn(join(shelf.dir, 'spool')), [`${model.sha256.slice(0, 2)}/${model.sha256.slice(2)}`]);
  assert.is((await models.put(upload(BOX, { key: 'k' }))).model.state, 'spooled', 'a repeat says the same');

  shelf.work('ingest', models);
  await until('the store was asked in vain, twice', async () => ((await shelf.jobs())[0]?.attempt ?? 0) > 2);
  assert.is((await models.stat(model.id))?.state, 'spooled');
  await shelf.storeBack();
  await until('it is stored', async () => (await models.stat(model.id))?.state === 'stored');
  await until('its job is done', async () => (await shelf.jobs()).every(({ state }) => state === 'done'));
  assert.is((await modelFacts(models)(model.id))?.stored, true);
  assert.equal(await filesIn(join(shelf.dir, 'spool')), []);
  assert.equal(await readFile(await models.checkedFile(model)), BOX);
  assert.is((await models.put(upload(BOX, { key: 'k' }))).model.state, 'stored');
  assert.equal(shelf.alarms, []);
});

test('the model and the job that will store it are one: without the one there is not the other', async (shelf) => {
  await shelf.storeAway();
  const models = shelf.models({ ownerBytes: BOX.length });
  await models.put(upload(BOX));
  const refused = await failure(models.put(upload(RING)));
  assert.is(codeOf(refused), 'too_many');
  assert.equal(
    (await shelf.jobs()).map(({ kind, state }) => [kind, state]),
    [['ingest', 'due']],
  );
  assert.is((await filesIn(join(shelf.dir, 'spool'))).length, 1);
});

test('the same content uploaded ten times at once ends once in the store, with no job left', async (shelf) => {
  const models = shelf.models();
  await shelf.storeAway();
  const both = await Promise.all(
    Array.from({ length: 10 }, (_, n) => models.put(upload(BOX, { owner: `owner-${n % 3}` }))),
  );
  assert.ok(both.every(({ model }) => model.state === 'spooled'));
  shelf.work('ingest', models);
  shelf.work('ingest', models);
  await shelf.storeBack();
  await until('all jobs are done', async () => (await shelf.jobs()).every(({ state }) => state === 'done'));
  assert.is((await shelf.jobs()).length, 10);
  assert.is(await shelf.spooled(), 0);
  for (const { model } of both) assert.is((await models.stat(model.id))?.state, 'stored');
  assert.equal((await filesIn(shelf.dir)).length, 1);
});

test('an upload that reaches the store makes what waited with the same content stored too', async (shelf) => {
  const models = shelf.models({ node: 'a' });
  await shelf.storeAway();
  const { model: first } = await models.put(upload(BOX));
  await shelf.storeBack();
  const { model: second } = await models.put(upload(BOX, { owner: 'bob' }));
  assert.is(second.state, 'stored');
  assert.is((await models.stat(first.id))?.state, 'stored');
  shelf.work('ingest:a', models);
  await until('nothing is left to do', async () => (await shelf.jobs())[0]?.state === 'done');
  assert.equal((await filesIn(shelf.dir)).length, 1);
});

test('a store that does not answer counts as away', async (shelf) => {
  class SilentStore extends DirectoryStore {
    override put(): Promise<void> {
      return new Promise(() => undefined);
    }
  }
  const told: unknown[] = [];
  const store = new SilentStore(join(shelf.dir, 'store'));
  const models = shelf.models({ store, patienceMs: 50, storeAway: (error) => told.push(codeOf(error)) });
  assert.is((await models.put(upload(BOX))).model.state, 'spooled');
  assert.equal(told, ['unavailable']);
});

test('what waits is a figure of each spool, and a process knows that its last upload was not taken', async (shelf) => {
  const contents = contentsOf(shelf.dir);
  const counters = new Counters();
  const look = spoolFigures(shelf.pool, counters);
  const line = (series: string): number => Number(new RegExp(`^${series} (.+)$`, 'm').exec(counters.text())?.[1]);
  await look();
  assert.not.match(counters.text(), /andon_spooled_contents\{/);
  assert.is(contents.storeAway, false);
  await shelf.storeAway();
  await shelf.models({ contents, node: 'a' }).put(upload(BOX));
  await shelf.models({ contents, node: 'a' }).put(upload(RING));
  assert.is(contents.storeAway, true);
  await shelf.pool.query("insert into spooled select repeat('a', 64), '', now() - interval '90 s'");
  await look();
  assert.equal(
    ['a', ''].map((node) => line(`andon_spooled_contents\\{node="${node}"\\}`)),
    [2, 1],
  );
  assert.ok(line('andon_spooled_oldest_seconds\\{node=""\\}') >= 90);
  await shelf.storeBack();
  await shelf.models({ contents }).put(upload(BOX));
  assert.is(contents.storeAway, false);
});

test('one owner can not fill the spool: 503 with a time to come again, the others go on', async (shelf) => {
  const models = shelf.models({ spooledBytes: 2 * BOX.length });
  await shelf.storeAway();
  await models.put(upload(BOX));
  await models.put(upload(BOX));
  const refused = await failure(models.put(upload(BOX)));
  assert.instance(refused, AndonError);
  const { code, details } = refused as AndonError;
  assert.equal([code, details], ['unavailable', { retryAfterSeconds: 30 }]);
  assert.is((await models.put(upload(BOX, { owner: 'bob' }))).model.state, 'spooled');
  assert.is((await shelf.jobs()).length, 3);
  await shelf.storeBack();
  assert.is((await models.put(upload(RING))).model.state, 'stored', 'the store takes it: no spool is asked');
});

test('with neither spool nor store nothing is accepted', async (shelf) => {
  const models = shelf.models();
  await shelf.storeAway();
  await writeFile(join(shelf.dir, 'spool'), 'a file where a folder should be');
  assert.is(codeOf(await failure(models.put(upload(BOX)))), 'unavailable');
  assert.equal([await shelf.jobs(), await shelf.spooled()], [[], 0]);
});

test('what waits in the spool of one node is read, and stored, by that node alone', async (shelf) => {
  const here = shelf.models({ node: 'a' });
  const there = shelf.models({ node: 'b', spool: new Spool(join(shelf.dir, 'spool-of-b')) });
  await shelf.storeAway();
  const { model } = await here.put(upload(BOX));
  const { model: other } = await there.put(upload(RING));
  assert.equal(
    (await shelf.jobs()).map(({ kind }) => kind),
    ['ingest:a', 'ingest:b'],
  );
  assert.is(codeOf(await failure(there.file(model))), 'unavailable');
  assert.equal(await readFile(await here.file(model)), BOX);
  await shelf.storeBack();
  shelf.work('ingest:b', there);
  await until('its own is stored', async () => (await there.stat(other.id))?.state === 'stored');
  assert.equal(
    [(await there.stat(model.id))?.state, codeOf(await failure(there.file(model)))],
    ['spooled', 'unavailable'],
  );
  shelf.work('ingest:a', here);
  await until('all is stored', async () => (await there.stat(model.id))?.state === 'stored');
  assert.equal(await readFile(await there.file(model)), BOX);
});

test('what was damaged or lost in the spool never gets into the store; uploaded again it does', async (shelf) => {
  const models = shelf.models();
  await shelf.storeAway();
  const { model: damaged } = await models.put(upload(BOX));
  const { model: lost } = await models.put(upload(RING));
  await writeFile(await models.file(damaged), 'rot');
  await rm(await models.file(lost));
  assert.is(codeOf(await failure(models.checkedFile(damaged))), 'content_damaged');
  await shelf.storeBack();
  shelf.work('ingest', models);
  await until('both are given up', async () => (await shelf.jobs()).every(({ state }) => state === 'obsolete'));
  assert.equal(
    (await shelf.jobs()).map(({ outcome }) => outcome),
    ['damaged', 'missing'],
  );
  assert.equal([...shelf.alarms].sort(), ['spooled_damaged', 'spooled_missing']);
  assert.equal(await filesIn(join(shelf.dir, 'store')), []);
  assert.is((await models.stat(damaged.id))?.state, 'spooled');
  for (const bytes of [BOX, RING]) await models.put(upload(bytes));
  for (const { id } of [damaged, lost]) assert.is((await models.stat(id))?.state, 'stored');
  assert.equal(await readFile(await models.checkedFile(damaged)), BOX);
});

test('content that changed in the store is found by its hash, and healed by a new upload', async (shelf) => {
  const models = shelf.models();
  const { model } = await models.put(upload(BOX));
  const path = await models.file(model);
  const rotten = Buffer.from(BOX);
  rotten[100] = (rotten[100] ?? 0) ^ 1;
  await rm(path);
  await writeFile(path, rotten);
  assert.is(codeOf(await failure(models.checkedFile(model))), 'content_damaged');
  await models.put(upload(BOX, { owner: 'bob' }));
  assert.equal(await readFile(await models.checkedFile(model)), BOX);
});
