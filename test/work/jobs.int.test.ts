import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { withJobs } from './with-jobs.ts';

const test = spec('jobs', withJobs);

const X = { code: 'x', message: null };

test('a due job is claimed once, with its payload and one attempt more', async ({ add, jobs, rows }) => {
  const [id] = await add(1, { payload: { order: 'x' } });
  const worker = jobs('a');
  const [job, ...more] = await worker.claim(['test'], 5);
  assert.equal(more, []);
  assert.is(job!.id, id);
  assert.equal([job!.kind, job!.payload, job!.attempt, job!.drive], ['test', { order: 'x' }, 1, 0]);
  assert.equal(await worker.claim(['test'], 5), []);
  const [row] = await rows();
  assert.equal([row!.state, row!.worker], ['running', 'a']);
});

test('jobs that are not yet due, or of another kind, are left alone', async ({ add, jobs }) => {
  await add(1, { due: new Date(Date.now() + 60_000).toISOString() });
  await add(1, { kind: 'other' });
  assert.equal(await jobs().claim(['test'], 5), []);
  assert.is((await jobs().claim(['test', 'other'], 5)).length, 1);
});

test('the oldest come first, and never more than asked for', async ({ add, jobs }) => {
  const [late] = await add(1, { due: new Date(Date.now() - 1_000).toISOString() });
  const [early] = await add(1, { due: new Date(Date.now() - 2_000).toISOString() });
  assert.equal(
    (await jobs().claim(['test'], 1)).map(({ id }) => id),
    [early],
  );
  assert.equal(
    (await jobs().claim(['test'], 1)).map(({ id }) => id),
    [late],
  );
});

test('workers that claim at once share the jobs, none is given twice', async ({ add, jobs }) => {
  await add(60);
  const claims = await Promise.all(Array.from({ length: 12 }, () => jobs().claim(['test'], 10)));
  const ids = claims.flat().map(({ id }) => id);
  assert.is(new Set(ids).size, ids.length);
  const rest = await jobs().claim(['test'], 100);
  assert.is(ids.length + rest.length, 60);
});

test('a lease that ran out is claimed by another, before what is due', async ({ add, jobs }) => {
  const [old] = await add();
  const dead = jobs('dead', 1);
  await dead.claim(['test'], 1);
  await add(1, { due: new Date(Date.now() - 60_000).toISOString() });
  const job = await until('the lease ran out', async () => {
    const [claimed] = await jobs('alive').claim(['test'], 1);
    return claimed?.id === old ? claimed : undefined;
  });
  assert.is(job?.attempt, 2);
});

test('a worker that was thought dead changes nothing any more', async ({ add, jobs, rows }) => {
  await add();
  const dead = jobs('dead', 1);
  const [job] = await dead.claim(['test'], 1);
  await until('another has it', async () => (await jobs('alive').claim(['test'], 1)).length === 1);
  for (const change of [
    dead.heartbeat(job!),
    dead.finish(job!, 'done'),
    dead.retry(job!, 0, X),
    dead.giveBack(job!),
    dead.bury(job!, X),
  ]) {
    assert.is(await change, false);
  }
  assert.equal(
    (await rows()).map(({ state, worker, attempt }) => [state, worker, attempt]),
    [['running', 'alive', 2]],
  );
});

test('a heartbeat prolongs the lease', async ({ add, jobs }) => {
  await add();
  const worker = jobs('a', 200);
  const [job] = await worker.claim(['test'], 1);
  const until600 = performance.now() + 600;
  while (performance.now() < until600) {
    assert.is(await worker.heartbeat(job!), true);
    assert.equal(await jobs('b').claim(['test'], 1), []);
  }
});

test('a job given back is due at once and has lost no attempt; a retried one waits', async ({ add, jobs }) => {
  await add();
  const worker = jobs();
  const [first] = await worker.claim(['test'], 1);
  assert.is(await worker.giveBack(first!), true);
  const [second] = await worker.claim(['test'], 1);
  assert.is(second!.attempt, 1);
  assert.is(await worker.retry(second!, 60_000, X), true);
  assert.equal(await worker.claim(['test'], 1), []);
});

test('done, obsolete and dead jobs are never claimed', async ({ add, jobs, rows }) => {
  await add(3);
  const worker = jobs('a', 1);
  const [a, b, c] = await worker.claim(['test'], 3);
  await worker.finish(a!, 'done');
  await worker.finish(b!, 'obsolete', 'wrong_status');
  await worker.bury(c!, { code: 'crashed', message: 'it fell over' });
  assert.equal(await jobs().claim(['test'], 5), []);
  const states = new Map(
    (await rows()).map(({ id, state, outcome, message }) => [id, `${state} ${outcome} ${message}`]),
  );
  assert.equal(
    [a, b, c].map((job) => states.get(job!.id)),
    ['done null null', 'obsolete wrong_status null', 'dead crashed it fell over'],
  );
});
