import * as assert from 'uvu/assert';
import { BEGINNING, readFeed } from '../../src/log/feed.ts';
import type { FeedCursor } from '../../src/log/rows.ts';
import type { Queryable } from '../../src/log/statement.ts';
import { FeedTail } from '../../src/views/feed-tail.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { newRow } from '../log/new-row.ts';
import { type OpenLog, withOpenLog } from '../log/open-log.ts';

const test = spec('the tail of the log', withOpenLog, { deadlineMs: 20_000 });

/** Counts what is asked. */
function counted(pool: Queryable): Queryable & { asked: number } {
  const counting: Queryable & { asked: number } = {
    asked: 0,
    query(config) {
      counting.asked++;
      return pool.query(config);
    },
  };
  return counting;
}

/** Appends rows and waits until they may be read. */
async function append({ batcher, pool, see }: OpenLog, count: number): Promise<void> {
  const log = await batcher();
  await Promise.all(Array.from({ length: count }, () => log.append(newRow())));
  const [total] = await see<{ n: number }>('select count(*)::int as n from actor_log');
  await until('all may be read', async () => (await readFeed(pool, BEGINNING, 1_000)).rows.length === total?.n);
}

test('gives each feed what it would read itself, wherever it stands and however they take turns', async (open) => {
  const tail = new FeedTail(open.pool, 13);
  const feeds = [
    { limit: 3, cursor: BEGINNING },
    { limit: 7, cursor: BEGINNING },
    { limit: 40, cursor: BEGINNING },
  ];
  for (const count of [20, 1, 0, 17, 30]) {
    await append(open, count);
    for (const at of [0, 1, 0, 2, 2, 1, 0]) {
      const feed = feeds[at]!;
      const page = await tail.read(feed.cursor, feed.limit);
      assert.equal(page, await readFeed(open.pool, feed.cursor, feed.limit));
      feed.cursor = page.cursor;
    }
  }
  const all = await readFeed(open.pool, BEGINNING, 1_000);
  for (const feed of feeds) {
    while ((await tail.read(feed.cursor, feed.limit)).rows.length > 0)
      feed.cursor = (await tail.read(feed.cursor, feed.limit)).cursor;
    assert.equal(feed.cursor, all.cursor);
  }
});

test('is read once for all that stand at one place', async (open) => {
  await append(open, 10);
  const pool = counted(open.pool);
  const tail = new FeedTail(pool);
  const pages = await Promise.all([1, 2, 3].map(() => tail.read(BEGINNING, 10)));
  assert.is(pool.asked, 1);
  assert.equal(pages[1], pages[0]);
  assert.equal(pages[2], pages[0]);
  assert.is(pages[0]?.rows.length, 10);
});

test('a place between rows, and one that is no row any more, is a place', async (open) => {
  await append(open, 5);
  const { rows } = await readFeed(open.pool, BEGINNING, 10);
  const tail = new FeedTail(open.pool);
  await tail.read(BEGINNING, 10);
  const third = rows[2]!;
  const before: FeedCursor = { era: third.era, xid: third.xid, seq: String(BigInt(third.seq) - 1n) };
  assert.equal((await tail.read(before, 10)).rows, rows.slice(2));
});

test('one that fails does not stop the others', async (open) => {
  await append(open, 2);
  let fail = true;
  const pool: Queryable = {
    query: (config) => (fail ? Promise.reject(new Error('away')) : open.pool.query(config)),
  };
  const tail = new FeedTail(pool);
  const failed = tail.read(BEGINNING, 5).catch((error: Error) => error.message);
  assert.is(await failed, 'away');
  fail = false;
  assert.is((await tail.read(BEGINNING, 5)).rows.length, 2);
});
