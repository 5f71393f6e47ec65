/**
 * Before anything is timed: what was prepared is digested. Every feed has read the whole log, and what was written stands
 * on the disk, so that no checkpoint of the preparation falls into the measurement.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { Keys } from '../../src/hot/keys.ts';
import { cursorFrom } from '../../src/views/feed-cursor.ts';
import type { Stand } from './stand.ts';

const LIMIT_MS = 600_000;
/** There is no broker on a stand. */
const NOT_FOLLOWED = 'publisher';

const behind = (on: pg.Client, { era, xid, seq }: { era: number; xid: string; seq: string }): Promise<boolean> =>
  on
    .query('SELECT FROM actor_log WHERE (era, xid, seq) > ($1, $2, $3) LIMIT 1', [era, xid, seq])
    .then(({ rowCount }) => rowCount !== 0);

/** Feeds that have not read everything yet. */
async function feedsBehind(on: pg.Client, redis: Redis, sites: readonly string[]): Promise<string[]> {
  const { rows } = await on.query('SELECT name, era, xid::text, seq::text FROM cursors WHERE name <> $1', [
    NOT_FOLLOWED,
  ]);
  const late: string[] = rows.some(({ name }) => name === 'orders') ? [] : ['orders'];
  for (const row of rows) if (await behind(on, row)) late.push(row.name);
  for (const site of sites) {
    const [complete, cursor] = await redis.hmget(new Keys('andon').boardMeta(site), 'complete', 'cursor');
    if (complete !== '1' || !cursor || (await behind(on, cursorFrom(cursor)))) late.push(`board ${site}`);
  }
  return late;
}

export async function settle({ superUrl, redisUrl, sites }: Stand): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl });
  const redis = new Redis(redisUrl);
  await client.connect();
  try {
    const until = performance.now() + LIMIT_MS;
    for (
      let late = await feedsBehind(client, redis, sites);
      late.length > 0;
      late = await feedsBehind(client, redis, sites)
    ) {
      if (performance.now() > until) throw new Error(`still behind: ${late.join(', ')}`);
      await sleep(100);
    }
    await client.query('CHECKPOINT');
  } finally {
    redis.disconnect();
    await client.end();
  }
}
