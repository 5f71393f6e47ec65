import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'amqplib';
import * as assert from 'uvu/assert';
import { identify, sessionOf } from '../../src/launcher/pids.ts';
import type { ServerEntry } from '../../src/launcher/run-file.ts';
import { listens } from '../../src/launcher/servers/ports.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Launched, launched } from './launched.ts';

const test = spec<Launched>('the broker of up', launched, { deadlineMs: 240_000 });

const PRIVATE = { AMQP_URL: '' };

const brokerOf = async (at: Launched) => {
  const found = (await at.run()).servers.find(({ name }) => name === 'rabbitmq');
  if (found === undefined) throw new Error('no broker runs');
  return found;
};

test('is private, comes back after kill -9 under its address, and down leaves nothing of it', async (at) => {
  const up = await at.andon('up -d', PRIVATE);
  assert.is(up.code, 0, up.stderr);
  assert.match(up.stdout, /rabbitmq is ready/);
  const now = await at.status();
  assert.is(now.ready, true);
  assert.equal(now.servers.map(({ name }) => name).sort(), ['postgres', 'rabbitmq', 'redis']);
  const first = await brokerOf(at);
  await (await connect(first.url)).close();
  process.kill(first.pid, 'SIGKILL');
  const second = (await until(
    'it serves again',
    async () => {
      const again = await brokerOf(at);
      await (await connect(again.url)).close();
      return again.pid !== first.pid && again;
    },
    60_000,
  )) as ServerEntry;
  assert.is(second.url, first.url);
  const pieces = [second, ...sessionOf(second)];
  assert.ok(pieces.length >= 2, 'its port mapper is in its session');
  const down = await at.andon('down');
  assert.is(down.code, 0, down.stderr);
  assert.equal(at.alive(), []);
  for (const { pid, started } of pieces) assert.is.not(identify(pid)?.started, started);
  assert.not.ok(await listens(Number(new URL(second.url).port)));
});

test('is ended with all the others after kill -9 of the supervisor', async (at) => {
  assert.is((await at.andon('up -d', PRIVATE)).code, 0);
  const broker = await brokerOf(at);
  const pieces = [broker, ...sessionOf(broker)];
  const { supervisor } = await at.run();
  process.kill(supervisor.pid, 'SIGKILL');
  await until('it is dead', () => identify(supervisor.pid) === undefined);
  assert.is((await at.andon('down')).code, 0);
  for (const { pid, started } of pieces) assert.is.not(identify(pid)?.started, started);
});

test('that was given and does not answer is told, and everything else starts', async (at) => {
  const up = await at.andon('up -d', { AMQP_URL: 'amqp://nobody:never-shown@127.0.0.1:1' });
  assert.is(up.code, 0, up.stderr);
  assert.match(up.stdout, /RabbitMQ at 127\.0\.0\.1:1 can't be used \(.*ECONNREFUSED.*\)/);
  assert.not.match(up.stdout, 'never-shown');
  assert.is((await at.status()).ready, true);
});

/** What the launcher itself calls; no epmd, no apt-get. */
const TOOLS = ['sh', 'dirname', 'readlink', 'cksum', 'cat', 'rm', 'id', 'redis-server'];

test('that can’t be installed is done without, with the command that would', async (at) => {
  for (const tool of TOOLS) await symlink(join('/usr/bin', tool), join(at.data, tool));
  const up = await at.andon('up -d', { ...PRIVATE, PATH: at.data });
  assert.is(up.code, 0, up.stderr);
  assert.match(up.stdout, /going on without RabbitMQ/);
  assert.match(up.stdout, /apt-get install rabbitmq-server/);
  assert.equal((await at.status()).servers.map(({ name }) => name).sort(), ['postgres', 'redis']);
});
