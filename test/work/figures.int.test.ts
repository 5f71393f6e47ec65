import * as assert from 'uvu/assert';
import { Counters } from '../../src/telemetry/counters.ts';
import { jobFigures } from '../../src/work/figures.ts';
import { spec } from '../_kit/spec.ts';
import { withJobs } from './with-jobs.ts';

const test = spec('figures of the jobs', withJobs);

const figure = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
};

test('what waits, runs and is dead is counted by kind, with the age of the oldest that waits', async ({
  add,
  jobs,
  pool,
}) => {
  const counters = new Counters();
  const look = jobFigures(pool, ['test', 'other'], counters);
  await add(3, { due: new Date(Date.now() - 90_000).toISOString() });
  await add(1, { due: new Date(Date.now() + 60_000).toISOString() });
  const worker = jobs();
  const [running, dead] = await worker.claim(['test'], 2);
  assert.ok(running);
  await worker.bury(dead!, { code: 'x', message: null });
  await look();
  const text = counters.text();
  const counts = ['due', 'running', 'dead'].map((state) => figure(text, `andon_jobs{kind="test",state="${state}"}`));
  assert.equal(counts, [2, 1, 1]);
  assert.is(figure(text, 'andon_jobs{kind="other",state="due"}'), 0);
  assert.ok(figure(text, 'andon_jobs_oldest_due_seconds{kind="test"}')! >= 90);
  assert.is(figure(text, 'andon_jobs_oldest_due_seconds{kind="other"}'), 0);
});

test('a database that is away leaves no old figures behind', async ({ add, pool }) => {
  const counters = new Counters();
  let away = false;
  const on: Pick<typeof pool, 'query'> = {
    query: ((...asked: Parameters<typeof pool.query>) =>
      away ? Promise.reject(new Error('away')) : pool.query(...asked)) as typeof pool.query,
  };
  const look = jobFigures(on, ['test'], counters);
  await add(1);
  await look();
  assert.is(figure(counters.text(), 'andon_jobs{kind="test",state="due"}'), 1);
  away = true;
  await look();
  assert.is(figure(counters.text(), 'andon_jobs{kind="test",state="due"}'), undefined);
});
