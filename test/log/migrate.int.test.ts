import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { migrate } from '../../src/log/migrate.ts';
import { lendDatabase } from '../_kit/database.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

interface Fixture {
  readonly url: string;
  readonly dir: string;
  write(name: string, sql: string): Promise<void>;
  query(sql: string): Promise<unknown[]>;
}

/** A database, and a folder for migrations of its own. */
const test = spec<Fixture>('migrate', async (lend) => {
  const database = await lendDatabase();
  const dir = await mkdtemp(join(tmpdir(), 'andon-migrations-'));
  const client = new pg.Client({ connectionString: database.adminUrl });
  try {
    await client.connect();
    await client.query('drop table if exists schema_migrations');
    await lend({
      url: database.adminUrl,
      dir,
      write: (name, sql) => writeFile(join(dir, name), sql),
      query: async (sql) => (await client.query(sql)).rows,
    });
  } finally {
    await client.end();
    await rm(dir, { recursive: true, force: true });
    await database.close();
  }
});

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error) => `${error.code}: ${error.message}`,
  );

test('applies each file once, in the order of their names', async ({ url, dir, write }) => {
  await write('0002_b.sql', 'insert into m_a values (2)');
  await write('0001_a.sql', 'create table m_a (n int)');
  await write('notes.txt', 'not SQL');
  assert.equal(await migrate(url, dir), ['0001_a.sql', '0002_b.sql']);
  assert.equal(await migrate(url, dir), []);
});

test('applies each file once when several nodes start together', async ({ url, dir, write, query }) => {
  await write('0001_a.sql', 'create table m_a (n int); insert into m_a values (1)');
  const applied = await Promise.all([migrate(url, dir), migrate(url, dir), migrate(url, dir)]);
  assert.equal(applied.flat(), ['0001_a.sql']);
  assert.equal(await query('select n from m_a'), [{ n: 1 }]);
});

test('keeps nothing of a file that fails, and all of those before it', async ({ url, dir, write, query }) => {
  await write('0001_a.sql', 'create table m_a (n int)');
  await write('0002_b.sql', 'create table m_b (n int); insert into nowhere values (1)');
  assert.match(await codeOf(migrate(url, dir)), /^migration_failed: 0002_b\.sql: relation "nowhere" does not exist/);
  assert.equal(await query("select to_regclass('m_a')::text as a, to_regclass('m_b')::text as b"), [
    { a: 'm_a', b: null },
  ]);
});

test('stops when a file was changed after it was applied', async ({ url, dir, write, query }) => {
  await write('0001_a.sql', 'create table m_a (n int)');
  await migrate(url, dir);
  await write('0001_a.sql', 'create table m_a (n bigint)');
  await write('0002_b.sql', 'create table m_b (n int)');
  assert.is(await codeOf(migrate(url, dir)), 'migration_changed: 0001_a.sql was changed after it was applied');
  assert.equal(await query("select to_regclass('m_b') as b"), [{ b: null }]);
});

test('runs a file marked no-transaction outside one', async ({ url, dir, write, query }) => {
  await write('0001_a.sql', 'create table m_a (n int)');
  await write('0002_b.sql', '-- no-transaction\ncreate index concurrently m_a_n on m_a (n)');
  assert.equal(await migrate(url, dir), ['0001_a.sql', '0002_b.sql']);
  assert.equal(await query("select to_regclass('m_a_n')::text as i"), [{ i: 'm_a_n' }]);
});

test('makes an index anew that a failed build left behind', async ({ url, dir, write, query }) => {
  await write('0001_a.sql', 'create table m_a (n int); insert into m_a values (1), (1)');
  await write(
    '0002_b.sql',
    '-- no-transaction\n-- Why.\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS m_a_n ON m_a (n)',
  );
  const valid = () => query("select indisvalid from pg_index where indexrelid = to_regclass('m_a_n')");
  assert.match(await codeOf(migrate(url, dir)), /^migration_failed: 0002_b\.sql: could not create unique index/);
  assert.equal(await valid(), [{ indisvalid: false }]);
  await query('delete from m_a');
  assert.equal(await migrate(url, dir), ['0002_b.sql']);
  assert.equal(await valid(), [{ indisvalid: true }]);
});

test('keeps an index that was made, though its file was not noted any more', async ({ url, dir, write, query }) => {
  await write('0001_a.sql', 'create table m_a (n int); create index m_a_n on m_a (n)');
  await migrate(url, dir);
  const made = () => query("select to_regclass('m_a_n')::oid as made");
  const before = await made();
  await write('0002_b.sql', '-- no-transaction\ncreate index concurrently if not exists m_a_n on m_a (n)');
  assert.equal(await migrate(url, dir), ['0002_b.sql']);
  assert.equal(await made(), before);
});

test('makes indexes beside those who wait for their turn, and beside long transactions', async ({
  url,
  dir,
  write,
  query,
}) => {
  await write('0001_a.sql', 'create table m_a (n int); select pg_sleep(0.3)');
  await write('0002_b.sql', '-- no-transaction\ncreate index concurrently if not exists m_a_n on m_a (n)');
  const long = new pg.Client({ connectionString: url });
  await long.connect();
  try {
    await long.query('begin isolation level repeatable read; select 1');
    const both = Promise.all([migrate(url, dir), migrate(url, dir)]);
    const waits = `select from pg_stat_activity where datname = current_database()
      and query like '%create index%' and wait_event = 'virtualxid' and state_change < now() - interval '6 s'`;
    await until('it has waited longer than for a lock', async () => (await query(waits)).length === 1, 12_000);
    await long.query('commit');
    assert.equal((await both).flat(), ['0001_a.sql', '0002_b.sql']);
  } finally {
    await long.end();
  }
});

test('waits for the one that runs, however long it takes', async ({ url, dir, write, query }) => {
  await write('0001_a.sql', 'select pg_sleep(0.5); create table m_a (n int)');
  const first = migrate(url, dir);
  const second = migrate(url, dir);
  assert.equal((await Promise.all([first, second])).flat(), ['0001_a.sql']);
  assert.equal(await query('select n from m_a'), []);
});

test('applies nothing that is breaking while a process works on the database, and all of it afterwards', async ({
  url,
  dir,
  write,
  query,
}) => {
  await write('0001_a.sql', 'create table m_a (n int)');
  await write('0002_b.sql', '-- breaking\ncreate table m_b (n int)');
  const node = new pg.Client({ connectionString: url, application_name: 'andon web append' });
  await node.connect();
  try {
    assert.match(await codeOf(migrate(url, dir)), /^migration_breaking: 0002_b\.sql .*web at/);
    assert.equal(await query("select to_regclass('m_a')::text as a"), [{ a: null }]);
  } finally {
    await node.end();
  }
  await until('it has left', async () => (await codeOf(migrate(url, dir))) === 'no error', 5_000);
});
