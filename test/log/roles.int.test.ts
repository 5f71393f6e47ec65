import type pg from 'pg';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { openPool } from '../../src/log/connect.ts';
import { spec } from '../_kit/spec.ts';
import { codeOrResult } from './codes.ts';
import { newRow, next } from './new-row.ts';
import { withOpenLog } from './open-log.ts';

const test = spec('the application’s role', withOpenLog);

const attempts = [
  'update actor_log set version = 7',
  'delete from actor_log',
  'truncate actor_log',
  'update actor_log_3 set version = 7',
  'delete from actor_log_3',
  'truncate actor_log_3',
  'insert into actor_log_3 select * from actor_log where version = 0',
  'drop table actor_log',
  'alter table actor_log drop constraint actor_log_check',
  'alter table actor_log alter column era set default 9',
  'update era set current = 2',
  'insert into era (current) values (2)',
  "select setval('actor_log_seq', 1)",
];

const refused = async (client: pg.ClientBase | pg.Pool, sql: string): Promise<string> =>
  client.query(sql).then(() => 'allowed', codeOf);

test('may not change, delete or empty the log, its partitions or the era', async ({
  batcher,
  session,
  database,
  see,
}) => {
  const log = await batcher();
  await log.append(newRow());
  const client = await session(database.url);
  for (const sql of attempts) assert.is(await refused(client, sql), '42501', sql);
  assert.is((await see('select from actor_log')).length, 1);
});

test('is taken by SET ROLE where there is only the owner’s URL', async ({ batcher, database, see, session }) => {
  const access = { url: database.adminUrl, role: 'andon_app' };
  const pool = openPool({ ...access, name: 'test role', max: 1 });
  for (const sql of attempts) assert.is(await refused(pool, sql), '42501', sql);
  await pool.end();

  const log = await batcher(access);
  const first = newRow();
  assert.equal(await log.append(first), { result: 'won' });
  await (await session()).query(
    `create function who() returns trigger language plpgsql as $$ begin
       if current_user <> 'andon_app' then raise 'appended as %', current_user; end if; return new; end $$;
     create trigger who before insert on actor_log for each row execute function who()`,
  );
  assert.equal(await log.append(next(first)), { result: 'won' });
  assert.is((await see('select from actor_log')).length, 2);
});

test('taken by SET ROLE does not keep the batcher from ending its old session', async ({
  batcher,
  database,
  proxy,
}) => {
  const line = await proxy();
  const url = new URL(database.adminUrl);
  url.host = new URL(line.url).host;
  const log = await batcher({ url: url.href, role: 'andon_app' });
  const first = newRow();
  await log.append(first);
  line.cutReplies(1);
  assert.is(await codeOrResult(log.append(next(first))), 'mine');
  // *lost* is only said once the old session is known to be gone
  line.cutRequests(1);
  assert.is(await codeOrResult(log.append(newRow({ actor: first.actor }))), 'lost');
});
