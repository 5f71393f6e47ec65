import * as assert from 'uvu/assert';
import { AndonError } from '../../src/errors.ts';
import { slowerAndSlower } from '../../src/work/worker.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { withJobs } from './with-jobs.ts';

const test = spec('worker', withJobs, { deadlineMs: 20_000 });

const states = (rows: readonly { state: string }[]): string[] => rows.map(({ state }) => state).sort();

test('every due job is done, never more at once than there are slots', async ({ add, worker, rows }) => {
  await add(9);
  let now = 0;
  let most = 0;
  worker({
    async run() {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return undefined;
    },
  });
  await until('all are done', async () => (await rows()).every(({ state }) => state === 'done'));
  assert.is(most, 2);
});

test('two workers never run one job at once', async ({ add, worker, rows }) => {
  await add(40);
  const running = new Set<string>();
  const runs = new Map<string, number>();
  const run = async ({ id }: { id: string }) => {
    assert.not(running.has(id));
    running.add(id);
    runs.set(id, (runs.get(id) ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, 3));
    running.delete(id);
    return undefined;
  };
  const workers = [1, 2, 3].map(() => worker({ run }, { slots: 4 }));
  await until('all are done', async () => (await rows()).every(({ state }) => state === 'done'));
  assert.equal([...new Set(runs.values())], [1]);
  for (const { events } of workers)
    assert.equal(
      events.filter(({ what }) => what !== 'job_done'),
      [],
    );
});

test('the job of a worker that died is run again after its lease', async ({ add, jobs, worker, rows }) => {
  await add();
  await jobs('killed', 300).claim(['test'], 1);
  const attempts: number[] = [];
  worker({
    async run({ attempt }) {
      attempts.push(attempt);
      return undefined;
    },
  });
  await until('it is done', async () => states(await rows())[0] === 'done');
  assert.equal(attempts, [2]);
});

test('a long job keeps its lease', async ({ add, worker, rows }) => {
  await add();
  let runs = 0;
  const run = async () => {
    runs++;
    await new Promise((resolve) => setTimeout(resolve, 900));
    return undefined;
  };
  worker({ run }, { leaseMs: 300 });
  worker({ run }, { leaseMs: 300 });
  await until('it is done', async () => states(await rows())[0] === 'done');
  assert.is(runs, 1);
});

test('a job whose lease was lost is told to stop, and its end changes nothing', async ({ add, pool, worker, rows }) => {
  await add();
  const { events } = worker(
    { run: (_, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))) },
    { leaseMs: 150 },
  );
  await until('it runs', async () => states(await rows())[0] === 'running');
  await pool.query("update jobs set worker = 'somebody else', leased_until = now() + interval '1 hour'");
  await until('it is told', () => events.some(({ what }) => what === 'job_lost'));
  assert.equal(states(await rows()), ['running']);
});

test('what a handler calls obsolete is finished with its reason', async ({ add, worker, rows }) => {
  await add();
  worker({ run: async () => ({ obsolete: 'wrong_status' }) });
  await until('it is over', async () => states(await rows())[0] === 'obsolete');
  assert.is((await rows())[0]!.outcome, 'wrong_status');
});

test('a failing job is tried again, later and later', async ({ add, worker, rows }) => {
  await add();
  const waits: number[] = [];
  worker(
    {
      async run({ attempt }) {
        if (attempt < 3) throw new AndonError('measure_crashed', 'no');
        return undefined;
      },
    },
    {
      backoffMs(attempt) {
        waits.push(attempt);
        return 5;
      },
    },
  );
  await until('it is done', async () => states(await rows())[0] === 'done');
  assert.equal(waits, [1, 2]);
  assert.equal([1, 2, 3, 4, 9].map(slowerAndSlower(1_000)), [1_000, 4_000, 16_000, 60_000, 60_000]);
});

test('a poisoned job is dead after its last attempt; those who wait are told first', async ({ add, worker, rows }) => {
  await add();
  const told: [string, string][] = [];
  const { events } = worker({
    async run() {
      throw new AndonError('measure_out_of_memory', 'too much');
    },
    async givenUp(_, code) {
      told.push([code, states(await rows()).join()]);
    },
  });
  await until('it is dead', async () => states(await rows())[0] === 'dead');
  assert.equal(told, [['measure_out_of_memory', 'running']]);
  const [row] = await rows();
  assert.equal([row!.attempt, row!.outcome], [3, 'measure_out_of_memory']);
  await until('it is reported', () => events.at(-1)?.what === 'job_dead');
  assert.equal(
    events.map(({ what }) => what),
    ['job_retried', 'job_retried', 'job_dead'],
  );
});

test('a job that kills its workers is dead too, without being run once more', async ({ add, jobs, worker, rows }) => {
  await add();
  for (let n = 0; n < 3; n++) {
    await until(
      'the next worker dies of it',
      async () => (await jobs(`killed ${n}`, 1).claim(['test'], 1)).length === 1,
    );
  }
  let runs = 0;
  const told: string[] = [];
  worker({
    async run() {
      runs++;
      return undefined;
    },
    async givenUp(_, code) {
      told.push(code);
    },
  });
  await until('it is dead', async () => states(await rows())[0] === 'dead');
  assert.is(runs, 0);
  assert.equal(told, ['lease_expired']);
});

test('when nobody could be told, the job is not dead yet', async ({ add, worker, rows }) => {
  await add();
  let times = 0;
  worker(
    {
      async run() {
        throw new Error('poison');
      },
      async givenUp() {
        if (++times < 3) throw new Error('the database is away');
      },
    },
    { leaseMs: 100 },
  );
  await until('it is dead', async () => states(await rows())[0] === 'dead');
  assert.is(times, 3);
});

test('a worker that stops gives back what it runs, at no loss of an attempt', async ({ add, worker, rows }) => {
  await add(2);
  const stopping = worker({
    run: (_, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  });
  await until('both run', async () => states(await rows()).join() === 'running,running');
  await stopping.stop();
  assert.equal(
    (await rows()).map(({ state, attempt }) => [state, attempt]),
    [
      ['due', 0],
      ['due', 0],
    ],
  );
});

test('a database that is away for a moment only delays', async ({ add, jobs, worker, rows }) => {
  await add();
  const flaky = jobs();
  const claim = flaky.claim.bind(flaky);
  let away = 3;
  flaky.claim = async (kinds, most) => {
    if (away-- > 0) throw new Error('connection refused');
    return claim(kinds, most);
  };
  const { events } = worker({ run: async () => undefined }, { jobs: flaky });
  await until('it is done', async () => states(await rows())[0] === 'done');
  assert.is(events.filter(({ what }) => what === 'work_failed').length, 3);
});

test('wake finds new work without waiting for the next look', async ({ add, worker, rows }) => {
  const sleeper = worker({ run: async () => undefined }, { pollMs: 60_000 });
  await add();
  await until('it is done', async () => {
    sleeper.wake();
    return states(await rows())[0] === 'done';
  });
});
