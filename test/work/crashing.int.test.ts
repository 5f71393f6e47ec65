/** A job that kills the process of its worker, again and again, beside jobs that do not. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { redrive } from '../../src/work/redrive.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type WithJobs, withJobs } from './with-jobs.ts';

interface Crashing extends WithJobs {
  /** Keeps one worker alive as the supervisor does, until the test is over. */
  keepOne(): { readonly deaths: number };
}

const ATTEMPTS = 3;

const withCrashing: Fixture<Crashing> = (lend, title) =>
  withJobs(async (at) => {
    const watched = { deaths: 0 };
    let child: ChildProcess | undefined;
    let over = false;
    const start = (): void => {
      child = fork(join(import.meta.dirname, 'worker-process.ts'), {
        env: { ...process.env, URL_OF_JOBS: at.url, LEASE_MS: '400', ATTEMPTS: String(ATTEMPTS) },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      child.once('exit', () => {
        if (over) return;
        watched.deaths++;
        start();
      });
    };
    try {
      await lend({
        ...at,
        keepOne() {
          start();
          return watched;
        },
      });
    } finally {
      over = true;
      const ended = child && new Promise((resolve) => child?.once('exit', resolve));
      child?.kill('SIGKILL');
      await ended;
    }
  }, title);

const test = spec('a job that kills its worker', withCrashing, { deadlineMs: 60_000 });

test('ends dead; its neighbours are done and lost one attempt at most; mended it is done', async (at) => {
  const [poison] = await at.add(1, { payload: { kill: true }, due: new Date(Date.now() - 60_000).toISOString() });
  await at.add(6, { payload: { ms: 300 } });
  const watched = at.keepOne();
  const all = await until(
    'nothing is left to do',
    async () => {
      const rows = await at.rows();
      return rows.every(({ state }) => state === 'done' || state === 'dead') ? rows : undefined;
    },
    50_000,
  );
  const dead = all!.filter(({ state }) => state === 'dead');
  assert.equal(
    dead.map(({ id, outcome, attempt }) => [id, outcome, attempt]),
    [[poison, 'lease_expired', ATTEMPTS + 1]],
  );
  assert.ok(dead[0]!.message, 'it says in words what happened');
  assert.is(watched.deaths, ATTEMPTS);
  const neighbours = all!.filter(({ id }) => id !== poison);
  assert.ok(
    neighbours.every(({ attempt }) => attempt <= 2),
    neighbours.map(({ attempt }) => attempt).join(),
  );

  await at.pool.query('update jobs set payload = $2 where id = $1', [poison, { ms: 1 }]);
  assert.equal(await redrive(at.pool, { kinds: ['test'] }), [poison]);
  await until('it is done', async () => (await at.rows()).every(({ state }) => state === 'done'), 20_000);
  const mended = (await at.rows()).find(({ id }) => id === poison);
  assert.equal([mended!.attempt, mended!.drive], [1, 1]);
});
