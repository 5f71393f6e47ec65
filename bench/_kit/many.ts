/** A stand with many orders in its log, as if it had run for a year; their board is rebuilt by the keeper itself. */
import { Redis } from 'ioredis';
import pg from 'pg';
import { fillOrders } from '../../test/_kit/many-orders.ts';
import { settle } from './settle.ts';
import { openStand, type Stand } from './stand.ts';

export interface Many {
  readonly orders: number;
  /** Of them on the board of the site `north`. */
  readonly board: number;
}

/**
 * Each order in work has a holder of its own there: thousands of persons nobody ever saw, whom every page of the board
 * would name. A floor has as many as it has.
 */
async function withoutHolders(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query("DELETE FROM claims WHERE name LIKE 'slot:%'");
  await client.end();
}

async function forget(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.flushall();
  redis.disconnect();
}

export async function openFilled({ orders, board }: Many): Promise<Stand> {
  const begun = performance.now();
  const stand = await openStand();
  try {
    await stand.withoutKeeper(async () => {
      await fillOrders(stand.adminUrl, { orders, sites: ['north'], onBoards: Math.min(board, orders) });
      await withoutHolders(stand.adminUrl);
      await forget(stand.redisUrl);
    });
    await settle(stand);
    console.error(`${orders} orders were filled in within ${Math.round((performance.now() - begun) / 1_000)} s`);
    return stand;
  } catch (error) {
    await stand.close();
    throw error;
  }
}
