import { Redis } from 'ioredis';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { lendDatabase, withDatabaseLent } from './database.ts';
import { ownPostgres } from './postgres.ts';
import { lendRedis, ownRedis } from './redis.ts';
import { spec } from './spec.ts';

const clone = spec('a lent database', withDatabaseLent);

clone('logs in as the application, not as the owner', async ({ url, adminUrl }) => {
  for (const [link, user] of [
    [url, 'andon_web'],
    [adminUrl, 'andon_owner'],
  ]) {
    const client = new pg.Client({ connectionString: link });
    await client.connect();
    const { rows } = await client.query('select current_user as who');
    assert.is(rows[0].who, user);
    await client.end();
  }
});

const leak = spec('a leaked connection');
leak('makes close() throw and name the session', async () => {
  const database = await lendDatabase();
  const client = new pg.Client({ connectionString: database.url, application_name: 'leaky' });
  client.on('error', () => undefined);
  await client.connect();
  let message = '';
  await database.close().catch((error) => {
    message = error.message;
  });
  assert.match(message, /1 leaked database connection.*\n.*leaky/);
});

const redis = spec('a lent redis');
redis('removes only what stands below its prefix', async () => {
  const [mine, other] = [await lendRedis(), await lendRedis()];
  const client = new Redis(mine.url);
  await client.set(`${mine.prefix}:a`, 1);
  await client.set(`${other.prefix}:a`, 1);
  await mine.close();
  assert.is(await client.exists(`${mine.prefix}:a`), 0);
  assert.is(await client.exists(`${other.prefix}:a`), 1);
  await other.close();
  client.disconnect();
});

const own = spec('own servers', undefined, { deadlineMs: 30_000 });
own('redis comes back empty after kill -9', async () => {
  const server = await ownRedis();
  const client = new Redis(server.url);
  client.on('error', () => undefined);
  await client.set('a', 1);
  await server.kill();
  await server.restart();
  assert.is(await client.get('a'), null);
  client.disconnect();
  await server.close();
});
own('postgres keeps what was committed through kill -9', async () => {
  const server = await ownPostgres({ migrations: null });
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server.adminUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  await run('create table t (n int)');
  await run('insert into t values (7)');
  await server.kill();
  await server.restart();
  assert.equal(await run('select n from t'), [{ n: 7 }]);
  assert.equal(await run('show fsync'), [{ fsync: 'on' }]);
  await server.close();
});
