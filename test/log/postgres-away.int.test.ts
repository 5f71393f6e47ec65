import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { Batcher } from '../../src/log/batch.ts';
import { type OwnPostgres, ownPostgres } from '../_kit/postgres.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { runChains } from './chains.ts';
import { codeOrResult } from './codes.ts';
import { newRow, next } from './new-row.ts';
import { withOpenLog } from './open-log.ts';

interface Own {
  readonly postgres: OwnPostgres;
  batcher(commandMs: number): Batcher;
}

const withPostgres: Fixture<Own> = async (lend) => {
  const postgres = await ownPostgres();
  const made: Batcher[] = [];
  try {
    await lend({
      postgres,
      batcher(commandMs) {
        const log = new Batcher({ url: postgres.url, queueLimit: 1_000, commandMs });
        made.push(log);
        return log;
      },
    });
  } finally {
    for (const log of made) await log.close();
    await postgres.close();
  }
};

const own = spec('a batcher whose Postgres dies', withPostgres, { deadlineMs: 40_000 });

own('tells rows that it is unavailable when their time is over, and goes on when it is back', async (lent) => {
  const log = lent.batcher(700);
  await log.start();
  await log.append(newRow());
  await lent.postgres.kill(); // its sessions notice a little later
  const told = await until('it is noticed', async () => {
    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: 3 }, () => codeOrResult(log.append(newRow()))));
    return answers.every((answer) => answer === 'unavailable') ? performance.now() - start : 0;
  });
  assert.ok(told > 600 && told < 4_000, `${told} ms`);
  await lent.postgres.restart();
  await until('it takes rows again', async () => (await codeOrResult(log.append(newRow()))) === 'won');
});

own('starts without it, and takes rows as soon as it is there', async ({ postgres, batcher }) => {
  await postgres.kill();
  const log = batcher(300);
  assert.is(await codeOrResult(log.start().then(() => ({ result: 'started' }))), 'unavailable');
  await postgres.restart();
  await until('it takes rows', async () => (await codeOrResult(log.append(newRow()))) === 'won');
});

own('loses and doubles nothing by kill -9 under load', async ({ postgres, batcher }) => {
  const log = batcher(20_000);
  await log.start();
  const chains = runChains(
    20,
    () => log,
    (row) => next(row),
  );
  await until('rows come in', () => chains.count() > 200);
  await postgres.kill();
  await postgres.restart();
  const before = chains.count();
  await until('rows come in again', () => chains.count() > before + 200);
  const accepted = await chains.stop();
  const client = new pg.Client({ connectionString: postgres.adminUrl });
  await client.connect();
  const { rows } = await client.query('select count(*)::int as rows from actor_log');
  await client.end();
  assert.is(rows[0].rows, accepted);
});

const test = spec('a batcher whose line is dead', withOpenLog, { deadlineMs: 20_000 });

test('gives up on a silent server and takes its rows to a new connection', async ({ batcher, proxy, see }) => {
  const line = await proxy();
  const log = await batcher({ url: line.url, silenceMs: 300 });
  line.stall();
  const answers = [newRow(), newRow()].map((row) => codeOrResult(log.append(row)));
  await sleep(700); // longer than the silence it bears
  line.resume();
  for (const answer of await Promise.all(answers)) assert.ok(answer === 'won' || answer === 'mine', answer);
  assert.is((await see('select from actor_log')).length, 2);
});

test('never says lost while its old session can still commit', async ({ batcher, proxy, see }) => {
  const line = await proxy();
  const [log, other] = [await batcher({ url: line.url, commandMs: 4_000 }), await batcher({ name: 'andon other' })];
  const first = newRow();
  await log.append(first);
  const [old] = await see<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = 'andon append' and datname = current_database()",
  );
  assert.ok(old);
  process.kill(old.pid, 'SIGSTOP');
  try {
    const doubted = codeOrResult(log.append(next(first)));
    await sleep(20);
    line.cutRequests(1);
    const beside = codeOrResult(log.append(newRow()));
    assert.is(await codeOrResult(other.append(next(first))), 'won');
    assert.is(await doubted, 'unavailable');
    assert.is(await beside, 'won');
  } finally {
    process.kill(old.pid, 'SIGCONT');
  }
  await until('the old session is gone', async () => {
    return (await see('select from pg_stat_activity where pid = $1', [old.pid])).length === 0;
  });
  assert.is(await codeOrResult(log.append(next(first))), 'lost');
});
