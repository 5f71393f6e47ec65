import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as assert from 'uvu/assert';
import { generatePassword } from '../../src/identity/passwords.ts';
import { addUser } from '../../src/identity/users.ts';
import { documentOf, firstBlock, shows } from '../_kit/doc-steps.ts';
import { spec } from '../_kit/spec.ts';
import { boardCaughtUp } from '../gateways/open-live.ts';
import { type ClientWorld, withClients } from './open-client.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = 'docs/examples/station.js';
const run = promisify(execFile);

const test = spec<ClientWorld>('docs/client.md', withClients(), { deadlineMs: 60_000 });

test('its example stands there as it is, and takes an order from the board to the end', async (world) => {
  assert.is(firstBlock(await documentOf('docs/client.md'), 'js'), await readFile(join(ROOT, EXAMPLE), 'utf8'));
  const { password, hash } = await generatePassword();
  const login = `station-${randomUUID()}`;
  const person = await addUser(world.core.pool, { login, name: 'Station', roles: ['operator'], hash, site: 'north' });
  await world.system('operator', person!.id, { type: 'hire', site: 'north', limit: 5 } as never);
  const buyer = await world.as('buyer');
  const { id } = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
  world.keep();
  await boardCaughtUp(world);
  const { stdout } = await run(process.execPath, [EXAMPLE, world.url, login, password, 'north'], {
    cwd: ROOT,
    timeout: 30_000,
  });
  shows(stdout, [
    'board: live',
    'capture: version',
    'start: version',
    'complete: version',
    "equal to the server's board: true",
  ]);
  assert.is((await buyer.get(`/api/orders/${id}`)).body.status, 'MANUFACTURING_COMPLETED');
});
