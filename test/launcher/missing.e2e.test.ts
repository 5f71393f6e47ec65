import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { type Launched, launched } from './launched.ts';

const test = spec<Launched>('a missing server', launched);

/** What the script `andon` calls itself; no Redis, no apt-get. */
const TOOLS = ['sh', 'dirname', 'readlink', 'cksum', 'cat', 'rm'];

test('is told with the command that installs it, and nothing is started', async ({ data, andon, status }) => {
  for (const tool of TOOLS) await symlink(join('/usr/bin', tool), join(data, tool));
  const { code, stderr } = await andon('up -d', { PATH: data });
  assert.is(code, 1);
  assert.match(stderr, /redis-server must be installed first, and this system has no apt-get/);
  assert.match(stderr, /apt-get install redis-server/);
  assert.match(stderr, /REDIS_URL/);
  const { ready, servers } = await status();
  assert.equal({ ready, servers }, { ready: false, servers: [] });
});
