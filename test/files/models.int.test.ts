import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg, { type Pool } from 'pg';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { DirectoryStore } from '../../src/files/directory-store.ts';
import { modelFacts } from '../../src/files/model-fact.ts';
import type { Models, Upload } from '../../src/files/models.ts';
import { openPool } from '../../src/log/connect.ts';
import { lendDatabase } from '../_kit/database.ts';
import { asciiStl, binaryStl, box, ring } from '../_kit/solids.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type ShelfOptions, shelfOf } from './shelf.ts';
import { brokenOff, filesIn, inPieces } from './sources.ts';
import { withFolder } from './temp-folder.ts';

/** Ends every session of the application in the moment in which content is kept. */
class CutStore extends DirectoryStore {
  cut: () => Promise<unknown> = async () => undefined;

  override async put(sha256: string, from: string): Promise<void> {
    await super.put(sha256, from);
    await this.cut();
  }
}

interface Shelf {
  readonly dir: string;
  readonly pool: Pool;
  readonly superUrl: string;
  models(options?: ShelfOptions): Models;
  rows(): Promise<number>;
}

const withShelf: Fixture<Shelf> = (lend, title) =>
  withFolder(async (dir) => {
    const database = await lendDatabase();
    await mkdir(join(dir, 'store'));
    const pool = openPool({ url: database.url, name: 'test models', max: 8 });
    try {
      await lend({
        dir,
        pool,
        superUrl: database.superUrl,
        models: (options = {}) => shelfOf(pool, dir, options),
        rows: async () => Number((await pool.query('select count(*) from models')).rows[0].count),
      });
    } finally {
      await pool.end();
      await database.close();
    }
  }, title);

const test = spec('models', withShelf);

const BOX = binaryStl(box());
const upload = (bytes: Uint8Array, more: Partial<Upload> = {}): Upload => ({
  tenant: 'house',
  owner: 'ann',
  name: 'box.stl',
  source: inPieces(bytes),
  ...more,
});
const failure = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'none', codeOf);

test('an upload is kept with its hash, its owner and its name', async ({ models, dir }) => {
  const { model, replay } = await models().put(upload(BOX));
  assert.is(replay, false);
  assert.is(model.sha256, createHash('sha256').update(BOX).digest('hex'));
  const { bytes, name, owner, tenant } = model;
  assert.equal({ bytes, name, owner, tenant }, { bytes: BOX.length, name: 'box.stl', owner: 'ann', tenant: 'house' });
  assert.equal(await models().stat(model.id), model);
  assert.is(model.state, 'stored');
  assert.equal(await filesIn(dir), [(await models().file(model)).slice(dir.length + 1)]);
});

test('ids are per owner: the same bytes of two owners are two models of one content', async ({ models, dir }) => {
  const ids = new Set<string>();
  for (const owner of ['ann', 'bob'])
    for (let n = 0; n < 2; n++) ids.add((await models().put(upload(BOX, { owner }))).model.id);
  assert.is(ids.size, 4);
  assert.is((await filesIn(dir)).length, 1);
});

test('a key repeated, also ten times at once, is one model and exactly one new one', async ({ models, rows }) => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => models().put(upload(BOX, { key: 'k' }))));
  assert.is(new Set(answers.map(({ model }) => model.id)).size, 1);
  assert.is(answers.filter(({ replay }) => !replay).length, 1);
  assert.is(await rows(), 1);
});

test('a key belongs to its owner', async ({ models }) => {
  const { model: ann } = await models().put(upload(BOX, { key: 'k' }));
  const { model: bob } = await models().put(upload(BOX, { key: 'k', owner: 'bob' }));
  const { model: partner } = await models().put(upload(BOX, { key: 'k', tenant: 'acme' }));
  assert.is(new Set([ann.id, bob.id, partner.id]).size, 3);
});

test('a key with other bytes is refused and nothing of them is kept', async ({ models, rows, dir }) => {
  await models().put(upload(BOX, { key: 'k' }));
  assert.is(await failure(models().put(upload(binaryStl(ring()), { key: 'k' }))), 'idempotency_key_reused');
  assert.is(await rows(), 1);
  assert.is((await filesIn(dir)).length, 1);
});

test('what is no model by its first bytes and its length is refused', async ({ models, rows, dir }) => {
  const torn = BOX.subarray(0, -1);
  const more = Buffer.concat([BOX, Buffer.alloc(50)]);
  for (const bytes of [Buffer.alloc(0), Buffer.from('PK\x03\x04'), Buffer.alloc(5_000), torn, more]) {
    assert.is(await failure(models().put(upload(bytes))), 'not_a_model');
  }
  assert.is(await rows(), 0);
  assert.equal(await filesIn(dir), []);
});

test('what only parsing shows is accepted: no triangles, ASCII', async ({ models, rows }) => {
  await models().put(upload(binaryStl([])));
  await models().put(upload(asciiStl(box())));
  assert.is(await rows(), 2);
});

test('an upload that breaks off or is too large leaves nothing', async ({ models, rows, dir }) => {
  const small = models({ modelBytes: BOX.length - 1 });
  assert.is(await failure(models().put(upload(BOX, { source: brokenOff(BOX, 200), key: 'k' }))), 'upload_aborted');
  assert.is(await failure(small.put(upload(BOX))), 'too_large');
  const unread = inPieces(BOX);
  assert.is(await failure(small.put(upload(BOX, { source: unread, declaredBytes: BOX.length }))), 'too_large');
  assert.is(await rows(), 0);
  assert.equal(await filesIn(dir), []);
});

test('an owner never has more bytes than the quota, uploads racing or not', async ({ models, rows, dir }) => {
  const shelf = models({ ownerBytes: 3 * BOX.length });
  const codes = await Promise.all(Array.from({ length: 8 }, () => failure(shelf.put(upload(BOX)))));
  assert.is(codes.filter((code) => code === 'none').length, 3);
  assert.is(codes.filter((code) => code === 'too_many').length, 5);
  assert.is(await rows(), 3);
  assert.is(await failure(shelf.put(upload(BOX, { owner: 'bob' }))), 'none');
  assert.is((await filesIn(dir)).length, 1);
});

test('a repeat needs no quota', async ({ models }) => {
  const shelf = models({ ownerBytes: BOX.length });
  const { model } = await shelf.put(upload(BOX, { key: 'k' }));
  assert.is((await shelf.put(upload(BOX, { key: 'k' }))).model.id, model.id);
});

test('a measurement is remembered for the content, whoever measured it', async ({ models }) => {
  const { model: mine } = await models().put(upload(BOX));
  const { model: other } = await models().put(upload(BOX, { owner: 'bob' }));
  const facts = {
    volumeMm3: 6_000,
    areaMm2: 2_200,
    sizeMm: [10, 20, 30],
    triangles: 12,
    shells: 1,
    closed: true,
  } as const;
  await models().keepMeasured(mine, { measured: { facts } });
  await models().keepMeasured(mine, { measured: { failed: 'not-closed' } });
  assert.equal((await models().stat(other.id))?.measured, { facts });
});

test('guards learn who owns a model and how large it is; unknown ones are unknown', async ({ models }) => {
  const { model } = await models().put(upload(BOX, { tenant: 'acme', owner: 'acme' }));
  const fact = modelFacts(models());
  assert.equal(await fact(model.id), {
    id: model.id,
    tenant: 'acme',
    owner: 'acme',
    name: 'box.stl',
    bytes: BOX.length,
    stored: true,
  });
  assert.is(await fact('00000000-0000-4000-8000-000000000000'), undefined);
});

test('models can be added but not changed by the application', async ({ models, pool }) => {
  await models().put(upload(BOX));
  for (const sql of ["update models set owner = 'eve'", 'delete from models', 'delete from geometry']) {
    assert.is(await failure(pool.query(sql)), '42501');
  }
});

test('a session that ends within an upload fails that upload only; its repeat succeeds', async ({
  dir,
  pool,
  rows,
  superUrl,
}) => {
  const client = new pg.Client({ connectionString: superUrl });
  await client.connect();
  const store = new CutStore(join(dir, 'store'));
  const shelf = shelfOf(pool, dir, { store });
  const endSessions = async (): Promise<number> => {
    const ended = await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'test models'",
    );
    return ended.rowCount ?? 0;
  };
  try {
    store.cut = () => until('its session has ended', async () => (await endSessions()) === 0);
    assert.is(await failure(shelf.put(upload(BOX, { key: 'k' }))), 'unavailable');
    store.cut = async () => undefined;
    assert.is((await shelf.put(upload(BOX, { key: 'k' }))).replay, false);
    assert.is(await rows(), 1);
  } finally {
    await client.end();
  }
});

test('without a database nothing is kept and the caller may try elsewhere', async ({ dir }) => {
  const pool = openPool({ url: 'postgres://nobody:x@127.0.0.1:1/none', name: 'test away', max: 1 });
  const away = shelfOf(pool, dir);
  assert.is(await failure(away.put(upload(BOX))), 'unavailable');
  assert.is(await failure(away.stat('00000000-0000-4000-8000-000000000000')), 'unavailable');
  assert.equal(await filesIn(dir), []);
  await pool.end();
});
