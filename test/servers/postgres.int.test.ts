import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import * as assert from 'uvu/assert';
import type { Server } from '../../src/launcher/servers/child.ts';
import { freePort } from '../../src/launcher/servers/ports.ts';
import { type PostgresOptions, postgresFolder, startPostgres } from '../../src/launcher/servers/postgres.ts';
import { preparePostgres } from '../../src/launcher/servers/prepare-postgres.ts';
import { fromRunner, RUN_DIR } from '../_kit/environment.ts';
import { livingInGroup } from '../_kit/processes.ts';
import { spec } from '../_kit/spec.ts';

interface Fixture {
  readonly dir: string;
  start(options?: Partial<PostgresOptions>): Promise<Server>;
}

const PASSWORD = "it's a secret";

/** Starts servers and ends those that still run. */
const test = spec<Fixture>(
  'a private postgres',
  async (lend) => {
    const dir = mkdtempSync(join(fromRunner(RUN_DIR), 'pg-'));
    chmodSync(dir, 0o711);
    const started: Server[] = [];
    try {
      await lend({
        dir,
        async start(options = {}) {
          const port = options.port ?? (await freePort());
          const server = await startPostgres({ dir, port, password: PASSWORD, ownGroup: false, ...options });
          started.push(server);
          return server;
        },
      });
    } finally {
      for (const server of started) await server.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  },
  { deadlineMs: 60_000 },
);

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const fault = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error) => `${error.code}: ${error.message}`,
  );

test('keeps its data and its password through a stop, and fsync is on', async ({ start }) => {
  const first = await start();
  assert.equal(await query(first.url, 'show fsync'), [{ fsync: 'on' }]);
  await query(first.url, 'create table t (n int)');
  await first.stop();
  await first.exited;
  const second = await start();
  assert.equal(await query(second.url, 'select count(*)::int as n from t'), [{ n: 0 }]);
});

test('lets nobody in without the password', async ({ start }) => {
  const { url } = await start({ durable: false });
  const wrong = new URL(url);
  wrong.password = 'guess';
  assert.match(await fault(query(wrong.href, 'select 1')), /^28P01/);
});

test('is the very process that was started, and is gone after stop', async ({ start, dir }) => {
  const server = await start({ durable: false });
  const pidFile = readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8');
  assert.is(Number(pidFile.split('\n')[0]), server.pid);
  await server.stop();
  await server.stop();
  assert.not.ok(livingInGroup(process.pid).some(({ pid }) => pid === server.pid));
  assert.not.ok(existsSync(`/proc/${server.pid}`), 'not even a zombie');
});

test('says that its port is taken', async ({ start }) => {
  const other = createServer();
  const port = await new Promise<number>((resolve) =>
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
  );
  try {
    assert.match(await fault(start({ port, durable: false })), /^port_taken: postgres could not start/);
  } finally {
    other.close();
  }
});

test('refuses to work on data that another one works on', async ({ start }) => {
  await start({ durable: false });
  assert.match(await fault(start({ durable: false })), /^already_running: a PostgreSQL works on/);
});

test('does not touch data of another version', async ({ start, dir }) => {
  mkdirSync(join(dir, 'data'));
  writeFileSync(join(dir, 'data', 'PG_VERSION'), '9\n');
  assert.match(await fault(start()), /^data_version: the data in .* was made by PostgreSQL 9, installed is \d+/);
});

test('makes its data anew when an earlier attempt was cut short', async ({ start, dir }) => {
  mkdirSync(join(dir, 'data.new'));
  writeFileSync(join(dir, 'data.new', 'PG_VERSION'), '15\n');
  await start({ durable: false });
});

test('quotes its log when it can not start', async ({ start }) => {
  assert.match(
    await fault(start({ durable: false, settings: { shared_buffers: 'lots' } })),
    /^server_failed:.*\n.*lots/,
  );
});

test('lives below the temporary folder when its account can not reach its own', async ({ dir, start }) => {
  if (process.getuid?.() !== 0) return; // only root runs it under another account
  const closed = join(dir, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const wanted = join(closed, 'postgres');
  const folder = postgresFolder(wanted);
  try {
    assert.ok(folder.startsWith(tmpdir()));
    assert.is(postgresFolder(wanted), folder);
    const server = await start({ dir: wanted, durable: false });
    assert.is(statSync(join(folder, 'data')).mode & 0o777, 0o700);
    await server.stop();
  } finally {
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }
});

test('is prepared as often as one likes, with the passwords given last', async ({ start }) => {
  const { url: superUrl } = await start({ durable: false });
  const prepare = (webPassword: string) =>
    preparePostgres({ superUrl, database: 'andon', ownerPassword: 'o%wner', webPassword });
  const first = await prepare("w'eb/1");
  await query(first.adminUrl, 'create table t (n int)');
  const second = await prepare('web2');
  assert.equal(await query(second.url, 'select current_user as who'), [{ who: 'andon_web' }]);
  assert.match(await fault(query(first.url, 'select 1')), /^28P01/);
  assert.match(await fault(query(second.url, 'create table u (n int)')), /^42501/);
  assert.match(await fault(query(second.url, 'select * from t')), /^42501/);
});
