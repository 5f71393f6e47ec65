import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { Pace, placesInQueue } from '../../src/work/pace.ts';
import { spec } from '../_kit/spec.ts';
import { type WithJobs, withJobs } from './with-jobs.ts';

const test = spec('places in the queue of a kind of job', withJobs, { deadlineMs: 20_000 });

type Put = { share?: string; state?: string; kind?: string };

/** Puts jobs in, each due a second after the one before; answers their actors. */
async function put({ pool }: WithJobs, jobs: readonly Put[]): Promise<string[]> {
  const actors = jobs.map(() => randomUUID());
  for (const [n, { share = null, state = 'due', kind = 'price' }] of jobs.entries()) {
    await pool.query(
      `insert into jobs (id, kind, actor_id, share, state, due, leased_until)
       values (gen_random_uuid(), $1, $2, $3, $4, now() - interval '1 hour' + $5 * interval '1 second', now())`,
      [kind, actors[n], share, state, n],
    );
  }
  return actors;
}

const positions = async ({ pool }: WithJobs, actors: readonly string[]): Promise<(number | undefined)[]> => {
  const places = await placesInQueue(pool, 'price', actors);
  return actors.map((actor) => places.get(actor)?.position);
};

const job = { id: 'a', kind: 'price', actor: 'b', payload: null, attempt: 1, drive: 0, share: null, trace: null };
const NEVER = new AbortController().signal;

test('a place is the number of jobs that are due earlier; what runs is at none; what is over has none', async (at) => {
  const actors = await put(at, [{ state: 'running' }, {}, {}, { kind: 'timer' }, { state: 'done' }, {}]);
  assert.equal(await positions(at, actors), [0, 0, 1, undefined, undefined, 2]);
  assert.is((await placesInQueue(at.pool, 'price', [])).size, 0);
});

test('a thousand jobs of one partner keep a buyer waiting for one of them', async (at) => {
  await at.pool.query(
    `insert into jobs (id, kind, actor_id, share, due)
     select gen_random_uuid(), 'price', gen_random_uuid(), 'acme', now() - interval '2 hours' from generate_series(1, 1000)`,
  );
  const actors = await put(at, [{}, {}, { share: 'acme' }, { share: 'beta' }]);
  assert.equal(await positions(at, actors), [0 + 1 + 1, 1 + 2 + 1, 1_000 + 2 + 1, 0 + 1 + 1]);
});

test('of two jobs of one actor the later one counts, and its own of before is not in its way', async (at) => {
  const [first, other, again] = await put(at, [{}, {}, {}]);
  await at.pool.query('update jobs set actor_id = $1 where actor_id = $2', [first, again]);
  assert.equal(await positions(at, [first!, other!]), [1, 1]);
  const [alone, twice] = await put(at, [{ share: 'acme' }, { share: 'acme' }]);
  await at.pool.query('update jobs set actor_id = $1 where actor_id = $2', [alone, twice]);
  assert.equal(await positions(at, [alone!]), [0 + 1], 'not behind itself');
});

test('the estimate is the mean duration over the slots of the workers that are there', async (at) => {
  const actors = await put(at, [{}, {}, {}]);
  const eta = async (n: number): Promise<number | null> =>
    (await placesInQueue(at.pool, 'price', actors)).get(actors[n]!)!.etaMs;
  const worker = new Pace(at.pool, { worker: randomUUID(), kind: 'price', slots: 2 });
  await worker.tell();
  assert.is(await eta(0), null, 'none was done yet');
  await at.pool.query('update job_pace set mean_ms = 4000');
  assert.equal([await eta(0), await eta(1), await eta(2)], [4_000, 6_000, 8_000]);
  await at.pool.query("update job_pace set at = now() - interval '1 minute'");
  assert.is(await eta(0), null, 'nobody is there');
  await new Pace(at.pool, { worker: randomUUID(), kind: 'price', slots: 1 }).tell();
  assert.is(await eta(1), 8_000, 'the pace of the one that left is still known');
});

test('only what brought a result counts, and the mean follows', async (at) => {
  const worker = new Pace(at.pool, { worker: randomUUID(), kind: 'price', slots: 1 });
  const mean = async (): Promise<number | null> => {
    await worker.tell();
    return (await at.pool.query('select mean_ms from job_pace')).rows[0].mean_ms;
  };
  const given = { obsolete: worker.timed({ run: async () => ({ obsolete: 'wrong_status' }) }) };
  await given.obsolete.run(job, NEVER);
  const crash = worker.timed({ run: () => Promise.reject(new Error('crash')) });
  await crash.run(job, NEVER).catch(() => undefined);
  assert.is(await mean(), null);
  await worker.timed({ run: async () => undefined }).run(job, NEVER);
  const short = await mean();
  assert.ok(short !== null && short >= 0);
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const long = worker.timed({ run: () => promise }).run(job, NEVER);
  setTimeout(() => resolve(undefined), 50);
  await long;
  assert.ok((await mean())! > short);
});

test('what a handler does when it gives up is kept', async ({ pool }) => {
  const givenUp = async (): Promise<void> => undefined;
  const timed = new Pace(pool, { worker: randomUUID(), kind: 'price', slots: 1 }).timed({
    run: async () => undefined,
    givenUp,
  });
  assert.is(timed.givenUp, givenUp);
});
