import * as assert from 'uvu/assert';
import { identify } from '../../src/launcher/pids.ts';
import { nginxBinary } from '../../src/launcher/servers/nginx.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Launched, launched } from './launched.ts';

const test = spec('supervision', launched, { deadlineMs: 90_000 });

type Named = { readonly key: string; readonly pid: number; readonly url?: string };

const namedIn = async ({ run }: Launched): Promise<Named[]> => {
  const { processes, servers } = await run();
  return [
    ...processes.map(({ type, index, ...rest }) => ({ ...rest, key: `${type} ${index}` })),
    ...servers.map(({ name, ...rest }) => ({ ...rest, key: name })),
  ];
};

/** Kills one and waits until another has its place; resolves with how long that took, milliseconds. */
async function killAndWait(at: Launched, key: string): Promise<number> {
  const before = (await namedIn(at)).find((one) => one.key === key)!;
  const killed = performance.now();
  process.kill(before.pid, 'SIGKILL');
  const after = await until(`${key} is back`, async () => {
    const now = (await namedIn(at)).find((one) => one.key === key);
    return now !== undefined && now.pid !== before.pid && identify(now.pid) !== undefined && now;
  });
  assert.is((after as Named).url, before.url, 'the address is the same');
  return performance.now() - killed;
}

const nodes = nginxBinary() === undefined ? 1 : 3;

test('whatever is killed is back within 2 s under its name and address, twice in a row', async (at) => {
  const up = await at.andon(`up -d --nodes ${nodes}`);
  assert.is(up.code, 0, up.stderr);
  const keys = (await namedIn(at)).map(({ key }) => key);
  assert.is(keys.length, nodes === 1 ? 5 : 8);
  for (const key of [...keys, ...keys]) {
    const ms = await killAndWait(at, key);
    assert.ok(ms < 2_000, `${key} took ${Math.round(ms)} ms`);
  }
  await until('all is ready', async () => (await at.status()).ready, 10_000);
  assert.is((await at.andon('down')).code, 0);
  assert.equal(at.alive(), []);
});

test('everything killed at once comes back', async (at) => {
  await at.andon('up -d');
  for (const { pid } of await namedIn(at)) process.kill(pid, 'SIGKILL');
  await until('all is ready', async () => (await at.status()).ready, 10_000);
});

test('after kill -9 of the supervisor, status is not ready and up begins anew', async (at) => {
  await at.andon('up -d');
  const { supervisor, processes, servers } = await at.run();
  process.kill(supervisor.pid, 'SIGKILL');
  await until('it is dead', () => identify(supervisor.pid) === undefined);
  const orphaned = await at.status();
  assert.is(orphaned.code, 1);
  assert.is(orphaned.ready, false);
  const up = await at.andon('up -d');
  assert.is(up.code, 0, up.stderr);
  assert.match(up.stdout, /ended 5 programs/);
  for (const old of [...processes, ...servers]) assert.is.not(identify(old.pid)?.started, old.started);
  assert.is((await at.status()).ready, true);
});

test('after kill -9 of the supervisor, down ends what it left', async (at) => {
  await at.andon('up -d');
  const { supervisor } = await at.run();
  process.kill(supervisor.pid, 'SIGKILL');
  await until('it is dead', () => identify(supervisor.pid) === undefined);
  assert.is((await at.andon('down')).code, 0);
  assert.equal(at.alive(), []);
});

test('a process that keeps dying is started again and again, and down still works', async (at) => {
  await at.andon('up -d');
  for (let i = 0; i < 6; i++) assert.ok((await killAndWait(at, 'worker 1')) < 2_000);
  assert.is((await at.andon('down')).code, 0);
  assert.equal(at.alive(), []);
});
