import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { ROOT } from '../../src/launcher/place.ts';
import { isFree } from '../../src/launcher/servers/ports.ts';
import { lendDatabase } from '../_kit/database.ts';
import { lendRedis } from '../_kit/redis.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { launched } from './launched.ts';

const test = spec('up and down', launched, { deadlineMs: 60_000 });

test('up -d returns when everything is ready, down leaves nothing', async ({ andon, status, alive, data, port }) => {
  const up = await andon('up -d');
  assert.is(up.code, 0, up.stderr);
  assert.match(up.stdout, new RegExp(`http://127\\.0\\.0\\.1:${port}`));
  const now = await status();
  assert.is(now.code, 0);
  assert.is(now.ready, true);
  assert.is(now.url, `http://127.0.0.1:${port}`);
  assert.is(now.data, data);
  assert.equal(
    now.processes.map(({ type, index, url }) => [type, index, url]),
    [
      ['web', 1, now.url],
      ['worker', 1, undefined],
      ['keeper', 1, undefined],
    ],
  );
  assert.equal(now.servers.map(({ name }) => name).sort(), ['postgres', 'redis']);
  assert.is(alive().length, 6);

  const down = await andon('down');
  assert.is(down.code, 0, down.stderr);
  assert.equal(alive(), []);
  assert.ok(await isFree(port));
  assert.is((await status()).code, 1);
  assert.is((await andon('down')).code, 0, 'also when nothing runs');
});

test('the first users are printed and kept for their owner only', async ({ andon, data }) => {
  const { stdout } = await andon('up -d');
  const file = join(data, 'logins.json');
  const logins = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>[];
  assert.equal(
    logins.map(({ role, site }) => [role, site]),
    [
      ['supervisor', 'north'],
      ['engineer', null],
    ],
  );
  for (const { login = '', password = '' } of logins) assert.ok(stdout.includes(login) && stdout.includes(password));
  assert.is(statSync(file).mode & 0o777, 0o600);
  assert.is(statSync(data).mode & 0o777, 0o700);
  const log = await readFile(join(data, 'logs/supervisor.log'), 'utf8');
  for (const { password = '' } of logins) assert.not.ok(log.includes(password), 'a password is in the log');
});

test('users add prints what it made, adds it to the log-ins, and tells why it can’t', async ({ andon, data }) => {
  assert.match((await andon('users add --role buyer')).stderr, /andon up/);
  await andon('up -d');
  const { stdout } = await andon('users add --role operator --site south --count 2 --json');
  const made = JSON.parse(stdout) as { login: string; url: string }[];
  assert.equal(
    made.map(({ login }) => login),
    ['operator-south-1', 'operator-south-2'],
  );
  const both = await Promise.all([andon('users add --role buyer --json'), andon('users add --role crm --json')]);
  assert.ok(both.every(({ code }) => code === 0));
  const logins = JSON.parse(await readFile(join(data, 'logins.json'), 'utf8')) as unknown[];
  assert.is(logins.length, 6);
  assert.match((await andon('users add --role operator --site moon')).stderr, /north, south/);
  const failed = await andon('users add --role packer');
  assert.is(failed.code, 1);
  assert.match(failed.stderr, /no packers today/);
});

test('up while it is up says so, also when two begin at once', async ({ andon, run }) => {
  const both = await Promise.all([andon('up -d'), andon('up -d')]);
  for (const { code, stdout, stderr } of both) {
    assert.is(code, 0, stderr);
    assert.match(stdout, /Andon is up: http/);
  }
  const { supervisor } = await run();
  const again = await andon('up --nodes 2');
  assert.is(again.code, 0);
  assert.match(again.stdout, /a web node, a worker, and a keeper.*down.*--nodes 2 --workers 1 --keepers 1/);
  assert.equal((await run()).supervisor, supervisor);
});

test('what it started runs as the application, and its data is there after the next start', async (at) => {
  await at.andon('up -d');
  const env = ((await (await fetch(`http://127.0.0.1:${at.port}/`)).json()) as { env: Record<string, string> }).env;
  assert.match(env['DATABASE_URL']!, /andon_web:/);
  assert.is(env['DATABASE_ADMIN_URL'], undefined);
  const { default: pg } = await import('pg');
  const ask = async (sql: string): Promise<unknown[]> => {
    const url = (await at.status()).servers.find(({ name }) => name === 'postgres')?.url;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client
      .query(sql)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  };
  await ask('create table kept as select 7 as n');
  await at.andon('down');
  assert.is((await at.andon('up -d')).code, 0);
  assert.equal(await ask('select n from kept'), [{ n: 7 }]);
});

test('in the foreground it ends on Ctrl-C, cleanly and completely', async ({ begin, status, alive, port }) => {
  const child = begin('up');
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await until('it is up', () => text.includes('Ctrl-C'), 40_000);
  assert.is((await status()).ready, true);
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  assert.is(code, 0);
  assert.equal(alive(), []);
  assert.ok(await isFree(port));
});

test('a taken port is told with its number and the setting, and nothing is left', async ({ andon, port, data }) => {
  for (const [taken, args] of [
    [port, 'up -d'],
    [port + 2, 'up -d --nodes 2'],
    [port, 'up --nodes 2'],
  ] as const) {
    const other = createServer().listen(taken, '127.0.0.1');
    await once(other, 'listening');
    const { code, stderr } = await andon(args);
    assert.is(code, 1, args);
    assert.match(stderr, new RegExp(`port ${taken} .*taken`));
    assert.match(stderr, /ANDON_PORT/);
    await new Promise((done) => other.close(done));
    assert.throws(() => statSync(join(data, 'run.json')), /ENOENT/);
  }
});

test('a data folder that can’t be used is told, with the setting', async ({ andon }) => {
  for (const command of ['up -d', 'up']) {
    const { code, stderr } = await andon(command, { ANDON_DATA: '/dev/null/here' });
    assert.is(code, 1);
    assert.match(stderr, /^andon: E[A-Z]+: .*\/dev\/null\/here/);
    assert.match(stderr, 'ANDON_DATA');
    assert.not.match(stderr, '    at ');
  }
});

test('a process that dies while starting fails the start with its last words', async ({ andon, data }) => {
  const { code, stderr } = await andon('up -d', { STAND_IN: 'worker dies' });
  assert.is(code, 1);
  assert.match(stderr, /worker 1 did not start \(exit code 3\)/);
  assert.match(stderr, /the reason why it dies/);
  assert.throws(() => statSync(join(data, 'run.json')), /ENOENT/);
});

test('wrong settings are told all at once before anything starts', async ({ andon }) => {
  const { code, stderr } = await andon('up -d', { ANDON_LEASE_MS: 'long', ANDON_SIGNUP: 'yes' });
  assert.is(code, 1);
  assert.match(stderr, /ANDON_LEASE_MS/);
  assert.match(stderr, /ANDON_SIGNUP/);
});

test('a start that is given up leaves nothing', async ({ begin, run, alive }) => {
  const child = begin('up -d', { STAND_IN: 'never ready' });
  await until('all processes run', async () => (await run()).processes.length === 3, 40_000);
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  assert.is(code, 1);
  assert.equal(alive(), []);
});

test('servers that are given are used and never started', async ({ andon, status }) => {
  const [database, redis] = await Promise.all([lendDatabase(), lendRedis()]);
  try {
    const given = { DATABASE_URL: database.url, DATABASE_ADMIN_URL: database.adminUrl, REDIS_URL: redis.url };
    const up = await andon('up -d', given);
    assert.is(up.code, 0, up.stderr);
    assert.equal((await status()).servers, []);
    assert.is((await andon('down')).code, 0);
    const away = await andon('up -d', { ...given, DATABASE_ADMIN_URL: 'postgres://nobody:x@127.0.0.1:1/none' });
    assert.is(away.code, 1);
    assert.match(away.stderr, /Postgres at 127\.0\.0\.1:1/);
  } finally {
    await Promise.all([database.close(), redis.close()]);
  }
});

test('it can be called from anywhere, through a link', async ({ data }) => {
  const folder = await mkdtemp(join(tmpdir(), 'andon-link-'));
  try {
    await symlink(join(ROOT, 'andon'), join(folder, 'first'));
    await symlink('first', join(folder, 'second'));
    const text = execFileSync(join(folder, 'second'), ['help'], { cwd: data, encoding: 'utf8' });
    assert.match(text, /\.\/andon up/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('logs shows one by its name or all, each line with its name', async ({ andon }) => {
  assert.is((await andon('logs')).code, 1);
  await andon('up -d');
  const one = await andon('logs worker-1');
  assert.match(one.stdout, /^worker starts as \d+$/m);
  const all = await andon('logs');
  assert.match(all.stdout, /^web-1 \| web starts as \d+$/m);
  const none = await andon('logs rabbit');
  assert.is(none.code, 1);
  assert.match(none.stderr, /keeper-1/);
});
