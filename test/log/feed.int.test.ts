import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import * as assert from 'uvu/assert';
import { BEGINNING, findStall, readFeed } from '../../src/log/feed.ts';
import type { FeedCursor, FeedRow } from '../../src/log/rows.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { runChains } from './chains.ts';
import { newRow, next } from './new-row.ts';
import { withOpenLog } from './open-log.ts';

const test = spec('the feed', withOpenLog, { deadlineMs: 30_000 });

/** Reads on from `cursor` until `enough` says so. Other tests on the same server may stall it for a while. */
async function follow(pool: Pool, from: FeedCursor, enough: (rows: readonly FeedRow[]) => boolean): Promise<FeedRow[]> {
  const seen: FeedRow[] = [];
  let cursor = from;
  const all = until(
    'the feed has it all',
    async () => {
      const page = await readFeed(pool, cursor, 97);
      seen.push(...page.rows);
      cursor = page.cursor;
      return enough(seen);
    },
    25_000,
  );
  await all.catch(async (error) => {
    throw new Error(`${error.message}; stalled by ${JSON.stringify(await findStall(pool, cursor))}`);
  });
  return seen;
}

const comesAfter = (a: FeedCursor, b: FeedCursor): boolean =>
  BigInt(a.xid) === BigInt(b.xid) ? BigInt(a.seq) > BigInt(b.seq) : BigInt(a.xid) > BigInt(b.xid);

test('gives a row as it was appended, with its place', async ({ batcher, pool }) => {
  const log = await batcher();
  const row = newRow({ was: { site: 'north' }, trace: 'trace', stateVersion: 4 });
  await log.append(row);
  const [read] = await follow(pool, BEGINNING, (rows) => rows.length > 0);
  const { kind, actor, version, commandId, issuer, at, events, after, stateVersion, was, trace } = row;
  const { era, xid, seq, ...rest } = read!;
  assert.equal(rest, { kind, actor, version, commandId, issuer, at, events, after, stateVersion, was, trace });
  assert.is(era, 1);
  assert.ok(BigInt(xid) > 0n && BigInt(seq) > 0n);
  const page = await readFeed(pool, { era, xid, seq }, 10);
  assert.equal(page, { rows: [], cursor: { era, xid, seq } });
});

test('gives every row once, in order, while three nodes append', async ({ batcher, pool }) => {
  const nodes = [await batcher(), await batcher(), await batcher()];
  const chains = runChains(
    45,
    (n) => nodes[n % 3]!,
    (row) => next(row),
  );
  let accepted = Number.POSITIVE_INFINITY;
  const reading = follow(pool, BEGINNING, (rows) => rows.length >= accepted);
  await until('rows come in', () => chains.count() > 3_000);
  accepted = await chains.stop();
  const rows = await reading;
  assert.is(rows.length, accepted);
  assert.is(new Set(rows.map(({ actor, version }) => `${actor} ${version}`)).size, accepted);
  const versions = new Map<string, number>();
  rows.forEach((row, i) => {
    assert.is(row.version, (versions.get(row.actor) ?? 0) + 1, 'versions of an actor come in order');
    versions.set(row.actor, row.version);
    const before = rows[i - 1];
    if (before) assert.ok(comesAfter(row, before));
  });
});

const INSERT = `insert into actor_log (kind, actor_id, version, command_id, command_hash, issuer, at, events, after, state_version)
  values ('order', $1, 1, gen_random_uuid(), 'h', '{}', now(), '[]', '{}', 1)`;

/** The server is shared: what another file does there, like cloning its database, may hold the feed back for a moment too. */
const stallBy = (pool: Pool, application: string) =>
  until(`${application} holds it back`, async () => {
    const stall = await findStall(pool, BEGINNING);
    if (stall?.application !== application) throw new Error(`it is ${stall?.application}`);
    return stall;
  });

test('waits for an older transaction that still writes, names it, and skips nothing', async (open) => {
  const { batcher, pool, session, database } = open;
  const log = await batcher();
  const slow = await session(database.url);
  await slow.query("set application_name = 'a slow import'");
  await slow.query('set idle_in_transaction_session_timeout = 0');
  await slow.query('begin');
  const late = randomUUID();
  await slow.query(INSERT, [late]);
  const rows = [newRow(), newRow()];
  for (const row of rows) await log.append(row);

  assert.equal((await readFeed(pool, BEGINNING, 10)).rows, []);
  const stall = await stallBy(pool, 'a slow import');
  assert.is(stall.database, new URL(database.url).pathname.slice(1));
  assert.is(stall.login, 'andon_web');
  assert.type(stall.pid, 'number');
  assert.is(stall.waitingSince.toISOString(), rows[0]!.at);
  assert.ok(stall.seconds !== null && stall.seconds >= 0);

  await slow.query('commit');
  const seen = await follow(pool, BEGINNING, (read) => read.length === 3);
  assert.equal(
    seen.map(({ actor }) => actor),
    [late, rows[0]!.actor, rows[1]!.actor],
  );
});

test('names a culprit of another login and another database too', async ({ batcher, pool, session, database }) => {
  const log = await batcher();
  const elsewhere = new URL(database.superUrl);
  elsewhere.pathname = '/postgres';
  const slow = await session(elsewhere.href);
  await slow.query("set application_name = 'a backup gone wrong'");
  await slow.query('begin');
  await slow.query('create temporary table t (a int)');
  await log.append(newRow());
  assert.equal((await readFeed(pool, BEGINNING, 10)).rows, []);
  const stall = await stallBy(pool, 'a backup gone wrong');
  assert.type(stall.pid, 'number');
  await slow.query('rollback');
  assert.is((await follow(pool, BEGINNING, (rows) => rows.length === 1)).length, 1);
  await until('nothing holds it back', async () => (await findStall(pool, BEGINNING)) === undefined);
});

test('is not stalled by a reader, nor when nothing waits', async ({ batcher, pool, session }) => {
  const log = await batcher();
  const reader = await session();
  await reader.query('begin isolation level repeatable read');
  await reader.query('select count(*) from actor_log');
  await log.append(newRow());
  const [row] = await follow(pool, BEGINNING, (rows) => rows.length === 1);
  assert.ok(row);
  await reader.query('rollback');
  assert.is(await findStall(pool, row), undefined);
});

test('a restored log of an earlier era is read whole, whatever its transaction numbers', async (open) => {
  const { batcher, pool, see } = open;
  const log = await batcher();
  await log.append(newRow());
  await see("update actor_log set xid = '9999999999'"); // as restored from a cluster that was further on
  assert.equal((await readFeed(pool, BEGINNING, 10)).rows, []);
  await see('update era set current = 2');
  await see('alter table actor_log alter column era set default 2');
  const [old] = await follow(pool, BEGINNING, (rows) => rows.length === 1);
  assert.is(old?.era, 1);
  await log.append(newRow());
  const [young] = await follow(pool, old!, (rows) => rows.length === 1);
  assert.is(young?.era, 2);
});
