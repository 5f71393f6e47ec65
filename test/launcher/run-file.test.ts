import { type ChildProcess, spawn } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { bootId, type Identity, identify, isAlive, parseStat, sessionOf, signal } from '../../src/launcher/pids.ts';
import type { Place } from '../../src/launcher/place.ts';
import { isCurrent, leftovers, type RunFile, readRun, writeRun } from '../../src/launcher/run-file.ts';
import { endLeftovers } from '../../src/launcher/running.ts';
import { readStatus } from '../../src/launcher/status.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { withPlace } from './folder.ts';

interface Things {
  readonly place: Place;
  /** A process of its own session; ended with the test. */
  sleeper(script?: string): ChildProcess & { pid: number };
}

const withSleepers: Fixture<Things> = (lend, title) =>
  withPlace(async (place) => {
    const started: ChildProcess[] = [];
    try {
      await lend({
        place,
        sleeper(script = 'exec sleep 60') {
          const child = spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' });
          started.push(child);
          return child as ChildProcess & { pid: number };
        },
      });
    } finally {
      for (const child of started)
        try {
          process.kill(-(child.pid ?? 0), 'SIGKILL');
        } catch {
          // it is gone
        }
    }
  }, title);

const test = spec('run file', withSleepers);

const self = identify(process.pid)!;

const found = async <T>(what: string, look: () => T | undefined): Promise<T> => (await until(what, look)) as T;

/** Its `count` members besides the leader. */
const members = (leader: Identity, count: number): Promise<Identity[]> =>
  found(`it has ${count} children`, () => {
    const all = sessionOf(leader);
    return all.length === count ? all : undefined;
  });

const runOf = (parts: Partial<RunFile>): RunFile => ({
  boot: bootId(),
  supervisor: self,
  state: 'ready',
  url: 'http://127.0.0.1:1',
  ...{ nodes: 1, workers: 1, keepers: 1 },
  settings: {},
  servers: [],
  processes: [],
  ...parts,
});

test('a process is known by pid and start time, whatever its name', () => {
  assert.ok(isAlive(self));
  const fields = 'S 1 77 77 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 4711 1 1';
  const odd = parseStat(`99 (a) b (c) ${fields}`);
  assert.equal(odd, { pid: 99, started: '4711', session: 77, zombie: false });
});

test('a run is current only while its own supervisor lives', () => {
  assert.ok(isCurrent(runOf({})));
  assert.not.ok(isCurrent(runOf({ supervisor: { pid: process.pid, started: '1' } })), 'the pid is somebody else’s now');
  assert.not.ok(isCurrent(runOf({ boot: 'another' })), 'the machine was started anew');
});

test('only its owner can read it', ({ place }) => {
  writeRun(place, runOf({}));
  assert.is(statSync(place.runFile).mode & 0o777, 0o600);
  assert.equal(readRun(place), runOf({}));
});

test('a damaged one is told, with what to do', ({ place }) => {
  for (const text of ['', '{"superv', 'null', '{"supervisor":{"pid":1,"started":"1"},"servers":[5],"processes":[]}']) {
    writeFileSync(place.runFile, text);
    assert.throws(() => readRun(place), /run\.json is damaged\. End its supervisor.*remove the file/, text);
  }
});

test('a pid that somebody else has now is never signalled', async ({ place, sleeper }) => {
  const child = sleeper();
  const other = { pid: child.pid, started: '1' };
  signal(other, 'SIGKILL');
  const dead = { pid: process.pid, started: '1' };
  writeRun(place, runOf({ supervisor: dead, processes: [{ type: 'web', index: 1, ...other }] }));
  assert.is(await endLeftovers(place, 1_000), 0);
  assert.ok(identify(child.pid), 'it still runs');
});

test('what a run of another boot names is not looked at', () => {
  const processes = [{ type: 'web', index: 1, ...self }];
  assert.equal(leftovers(runOf({ processes, boot: 'another' })), []);
});

test('what a dead supervisor left is ended, with what that had started, and the file goes', async ({
  place,
  sleeper,
}) => {
  const child = sleeper('sleep 60 & sleep 60');
  const id = await found('it runs', () => identify(child.pid));
  const [inner] = await members(id, 2);
  const supervisor = { pid: process.pid, started: '1' };
  writeRun(place, runOf({ supervisor, processes: [{ type: 'web', index: 1, ...id }] }));
  assert.is(await endLeftovers(place, 2_000), 1);
  assert.not.ok(isAlive(id));
  assert.not.ok(isAlive(inner!));
  assert.is(readRun(place), undefined);
});

test('the workers of a master that is dead already are found and ended', async ({ place, sleeper }) => {
  const child = sleeper('sleep 60 & wait');
  const id = await found('it runs', () => identify(child.pid));
  const [worker] = await members(id, 1);
  signal(id, 'SIGKILL');
  await until('the master is dead', () => !isAlive(id));
  assert.ok(isAlive(worker!));
  writeRun(place, runOf({ supervisor: { pid: 1, started: '0' }, servers: [{ name: 'nginx', url: '', ...id }] }));
  await endLeftovers(place, 2_000);
  assert.not.ok(isAlive(worker!));
});

test('the status of a run without its supervisor is not ready and names only what lives', async ({
  place,
  sleeper,
}) => {
  const child = sleeper();
  const id = await found('it runs', () => identify(child.pid));
  writeRun(
    place,
    runOf({
      supervisor: { pid: process.pid, started: '1' },
      processes: [
        { type: 'worker', index: 1, ...id },
        { type: 'keeper', index: 1, pid: process.pid, started: '1' },
      ],
    }),
  );
  const status = await readStatus(place);
  assert.is(status.ready, false);
  assert.equal(status.processes, [{ type: 'worker', index: 1, pid: child.pid, ready: true }]);
  assert.equal(status.gone, ['keeper 1']);
});

test('where nothing ever ran the status is complete and not ready', async ({ place }) => {
  assert.equal(await readStatus(place), {
    url: 'http://127.0.0.1:8080',
    ready: false,
    watched: false,
    degraded: [],
    gone: [],
    processes: [],
    servers: [],
    data: place.data,
  });
});
