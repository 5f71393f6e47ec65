import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { runChains } from './chains.ts';
import { newRow, next } from './new-row.ts';
import { withOpenLog } from './open-log.ts';

/** Sessions of the batcher that wait for a lock. */
const WAITING = `select pid from pg_stat_activity
  where wait_event_type = 'Lock' and application_name = 'andon append' and datname = current_database()`;

const test = spec('an append whose answer is lost', withOpenLog, { deadlineMs: 20_000 });

test('is told as its own row when it was committed', async ({ batcher, proxy, see }) => {
  const line = await proxy();
  const log = await batcher({ url: line.url });
  const first = newRow({ takes: ['slot:anna:1'] });
  line.cutReplies(1);
  const answer = await log.append(first);
  assert.is(line.cuts(), 1);
  assert.equal(answer, { result: 'mine', version: 1, hash: 'hash', after: { version: 1 }, stateVersion: 1, own: true });
  assert.is((await see('select from actor_log')).length, 1);
  assert.is((await see('select from claims')).length, 1);
  assert.equal(await log.append(next(first)), { result: 'won' });
});

test('wins when it had not reached Postgres', async ({ batcher, proxy, see }) => {
  const line = await proxy();
  const log = await batcher({ url: line.url });
  line.cutRequests(1);
  assert.equal(await log.append(newRow()), { result: 'won' });
  assert.is(line.cuts(), 1);
  assert.is((await see('select from actor_log')).length, 1);
});

test('is not its own when another node wrote it', async ({ batcher, proxy }) => {
  const line = await proxy();
  const [log, other] = [await batcher({ url: line.url }), await batcher()];
  const row = newRow();
  await other.append({ ...row, at: new Date(Date.now() - 1_000).toISOString() });
  line.cutRequests(1);
  const answer = await log.append(row);
  assert.is(answer.result === 'mine' && answer.own, false);
});

test('with two statements on their way: one row each, in their order', async (open) => {
  const { batcher, proxy, see, session, reports } = open;
  const line = await proxy();
  const log = await batcher({ url: line.url });
  const holder = newRow({ takes: ['slot:anna:1'] });
  await log.append(holder);
  // The first statement waits for a lock, so that the second is on its way behind it when the line is cut.
  const blocker = await session();
  await blocker.query('begin');
  await blocker.query("select from claims where name = 'slot:anna:1' for update");
  const freed = log.append(next(holder, { frees: ['slot:anna:1'] }));
  await until('the first waits', async () => (await see(WAITING)).length);
  const taken = log.append(newRow({ takes: ['slot:anna:1'] }));
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  line.cutReplies(1);
  await blocker.query('commit');
  const [first, second] = await Promise.all([freed, taken]);
  assert.is(line.cuts(), 1);
  assert.is(reports.filter(({ what }) => what === 'append_outcome_unknown').length, 2);
  assert.is(first.result === 'mine' ? first.own : first.result === 'won', true);
  assert.is(second.result === 'mine' ? second.own : second.result === 'won', true);
  assert.is((await see('select from actor_log')).length, 3);
  assert.is((await see('select from claims')).length, 1);
});

test('whose old session still waits for a lock is ended before its row is tried again', async ({
  batcher,
  proxy,
  see,
  session,
}) => {
  const line = await proxy();
  const log = await batcher({ url: line.url });
  const holder = newRow({ takes: ['slot:anna:1'] });
  await log.append(holder);
  const blocker = await session();
  await blocker.query('begin');
  await blocker.query("select from claims where name = 'slot:anna:1' for update");
  const appended = log.append(next(holder, { frees: ['slot:anna:1'] }));
  const old = await until('it waits', async () => {
    const found = await see<{ pid: number }>(WAITING);
    return found[0];
  });
  line.cutRequests(1);
  const beside = log.append(newRow()); // its bytes meet the cut
  await until(
    'the old session is gone',
    async () => (await see<{ pid: number }>(WAITING)).every(({ pid }) => pid !== old?.pid),
    1_500, // by itself it would wait for the lock for 2 s
  );
  await blocker.query('commit');
  assert.equal(await appended, { result: 'won' });
  assert.equal(await beside, { result: 'won' });
  assert.is((await see('select from actor_log')).length, 3);
});

test('over and over, both ways, under load: every row once, every answer right', async ({ batcher, proxy, see }) => {
  const line = await proxy();
  const log = await batcher({ url: line.url });
  const chains = runChains(
    20,
    () => log,
    (row) => next(row),
  );
  try {
    for (let cut = 1; cut <= 12; cut++) {
      if (cut % 2) line.cutReplies(1);
      else line.cutRequests(1);
      await until(`cut ${cut}`, () => line.cuts() >= cut);
      const before = chains.count();
      await until('answers come again', () => chains.count() > before + 20);
    }
  } finally {
    const accepted = await chains.stop();
    const [{ rows } = { rows: 0 }] = await see<{ rows: number }>('select count(*)::int as rows from actor_log');
    assert.is(rows, accepted);
  }
});

test('when sessions are terminated under load nothing is lost or doubled', async ({ batcher, see }) => {
  const nodes = [await batcher(), await batcher()];
  const chains = runChains(
    40,
    (n) => nodes[n % 2]!,
    (row, n) => next(row, { frees: row.takes, takes: [`slot:${n}:${row.version % 2}`] }),
    (n) => newRow({ takes: [`slot:${n}:0`] }),
  );
  try {
    for (let round = 0; round < 15; round++) {
      const killed = await see(
        `select pg_terminate_backend(pid, 1000) from pg_stat_activity
          where application_name = 'andon append' and datname = current_database()`,
      );
      assert.ok(killed.length > 0);
      const before = chains.count();
      await until('both are back', () => chains.count() > before + 100);
    }
  } finally {
    const accepted = await chains.stop();
    const [{ rows } = { rows: 0 }] = await see<{ rows: number }>('select count(*)::int as rows from actor_log');
    assert.is(rows, accepted);
    assert.is((await see('select from claims')).length, 40);
  }
});
