import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import * as assert from 'uvu/assert';
import type { Server } from '../../src/launcher/servers/child.ts';
import { freePort } from '../../src/launcher/servers/ports.ts';
import { startRedis } from '../../src/launcher/servers/redis.ts';
import { fromRunner, RUN_DIR } from '../_kit/environment.ts';
import { spec } from '../_kit/spec.ts';

const PASSWORD = 'a-long-password';

interface Fixture {
  readonly dir: string;
  readonly port: number;
  readonly server: Server;
}

const test = spec<Fixture>('a private redis', async (lend) => {
  const dir = mkdtempSync(join(fromRunner(RUN_DIR), 'redis-'));
  const port = await freePort();
  const server = await startRedis({ dir, port, password: PASSWORD, ownGroup: false });
  try {
    await lend({ dir, port, server });
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
});

test('keeps its password out of the process list and in a file for us alone', ({ dir, server }) => {
  assert.not.ok(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8').includes(PASSWORD));
  assert.is(statSync(join(dir, 'redis.conf')).mode & 0o777, 0o600);
});

test('evicts nothing and writes nothing to disk', async ({ dir, server }) => {
  const redis = new Redis(server.url);
  try {
    const answers = [];
    for (const name of ['maxmemory-policy', 'save', 'appendonly'])
      answers.push(((await redis.config('GET', name)) as string[])[1]);
    assert.equal(answers, ['noeviction', '', 'no']);
    await redis.set('a', 1);
  } finally {
    redis.disconnect();
  }
  await server.stop();
  assert.not.ok(existsSync(join(dir, 'dump.rdb')));
  assert.not.ok(existsSync(`/proc/${server.pid}`), 'not even a zombie');
});

test('says that its port is taken', async ({ dir, port }) => {
  for (const password of [PASSWORD, 'another-password']) {
    const error = await startRedis({ dir: join(dir, 'other'), port, password, ownGroup: false }).catch((e) => e);
    assert.is(error.code, 'port_taken');
  }
});
