import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { Spool } from '../../src/files/spool.ts';
import { binaryStl, box } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { filesIn } from './sources.ts';
import { type Shelf, upload, withShelf } from './with-shelf.ts';

const test = spec('uploads of nodes that are killed', withShelf, { deadlineMs: 30_000 });

const BOX = binaryStl(box());

/** Ends by SIGKILL; what it had been answered before, if anything. */
async function uploadAndDie({ url, dir }: Shelf, dies: 'before-store' | 'before-row' | 'after-answer') {
  const child = fork(join(import.meta.dirname, 'upload-process.ts'), {
    env: { PATH: process.env['PATH'], URL_OF_MODELS: url, DIR: dir, DIES: dies },
  });
  const answers: unknown[] = [];
  child.on('message', (answer) => answers.push(answer));
  const [, signal] = await once(child, 'exit');
  assert.is(signal, 'SIGKILL');
  return answers;
}

const rows = async ({ pool }: Shelf): Promise<number> =>
  Number((await pool.query('select count(*) from models')).rows[0].count);

test('a node killed between spool and store leaves no model; the repeat makes it, the sweep takes the rest', async (shelf) => {
  assert.equal(await uploadAndDie(shelf, 'before-store'), []);
  assert.is(await rows(shelf), 0);
  assert.is((await filesIn(join(shelf.dir, 'spool'))).length, 1);
  // Its session holds the owner's lock until Postgres has noticed that it is gone.
  const { model, replay } = await shelf.models().put(upload(BOX, { key: 'k' }));
  assert.equal([replay, model.state], [false, 'stored']);
  assert.is(await new Spool(join(shelf.dir, 'spool')).sweep(0, async () => new Set()), 1);
  assert.equal(await filesIn(join(shelf.dir, 'spool')), []);
});

test('a node killed between store and row leaves no model; the repeat makes it of the same content', async (shelf) => {
  assert.equal(await uploadAndDie(shelf, 'before-row'), []);
  assert.is(await rows(shelf), 0);
  const { model, replay } = await shelf.models().put(upload(BOX, { key: 'k' }));
  assert.equal([replay, model.state, await rows(shelf)], [false, 'stored', 1]);
  assert.is((await filesIn(join(shelf.dir, 'store'))).length, 1);
});

test('what a node had accepted into the spool before it was killed, another brings to the store', async (shelf) => {
  await shelf.storeAway();
  assert.equal(await uploadAndDie(shelf, 'after-answer'), ['spooled']);
  await shelf.storeBack();
  const models = shelf.models();
  shelf.work('ingest', models);
  await until('it is stored', async () => (await shelf.spooled()) === 0);
  const { model, replay } = await models.put(upload(BOX, { key: 'k' }));
  assert.equal([replay, model.state], [true, 'stored']);
  assert.equal(await readFile(await models.checkedFile(model)), BOX);
});
