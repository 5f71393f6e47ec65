/** A house whose Postgres and Redis are reached over lines that can be cut, slowed down or taken away. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CutProxy, cutProxy } from '../../_kit/cut-proxy.ts';
import { ownPostgres } from '../../_kit/postgres.ts';
import { ownRedis } from '../../_kit/redis.ts';
import type { Fixture } from '../../_kit/spec.ts';
import { type House, openHouse } from './house.ts';

export interface Lines extends House {
  readonly postgres: CutProxy;
  readonly redis: CutProxy;
}

const through = (url: string, { port }: CutProxy): string => {
  const at = new URL(url);
  at.hostname = '127.0.0.1';
  at.port = String(port);
  return at.href;
};

export const withLines: Fixture<Lines> = async (lend) => {
  const database = await ownPostgres({
    migrations: null,
    settings: { shared_buffers: '128MB', max_connections: '200' },
  });
  const server = await ownRedis();
  const postgres = await cutProxy(database.port);
  const redis = await cutProxy(server.port);
  const env = {
    AMQP_URL: 'none',
    DATABASE_URL: through(database.url, postgres),
    DATABASE_ADMIN_URL: database.adminUrl,
    REDIS_URL: through(server.url, redis),
  };
  try {
    await openHouse({ env }, database.adminUrl, (house) => lend({ ...house, postgres, redis }));
  } finally {
    postgres.resume();
    redis.resume();
    await Promise.all([postgres.close(), redis.close()]);
    await Promise.all([database.close(), server.close()]);
  }
};

/** Some connections each time, so that those of all kinds and processes are hit. */
export async function cutOften(line: CutProxy, what: 'cutReplies' | 'cutRequests'): Promise<void> {
  for (let times = 0; times < 12; times++) {
    line[what](1 + (times % 4));
    await sleep(150 + Math.random() * 250);
  }
  line.resume();
}

/** Slower than any promise is made with, faster or slower than the time limit of a command. */
export async function slow(line: CutProxy): Promise<void> {
  line.delay(30, 100);
  await sleep(5_000);
  line.resume();
}

/** Like a machine that was switched off: nobody says no. */
export async function silent(line: CutProxy, ms: number): Promise<void> {
  line.stall();
  await sleep(ms);
  line.resume();
}
