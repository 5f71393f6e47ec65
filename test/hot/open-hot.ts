/** Hot state for tests, over a prefix of its own on the run's Redis or over a private server. */
import { Redis as Client } from 'ioredis';
import { Hot } from '../../src/hot/hot.ts';
import { Keys } from '../../src/hot/keys.ts';
import { Redis } from '../../src/hot/redis.ts';
import { lendRedis, type OwnRedis, ownRedis } from '../_kit/redis.ts';
import type { Fixture } from '../_kit/spec.ts';

export interface OpenHot {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly hot: Hot;
  /** A plain client beside it, to look and to disturb. */
  readonly look: Client;
}

/** Machines that run the tests are slow at times: what is not about the time limit gets a wide one. */
const TIMEOUT_MS = 2_000;

async function openHot(url: string, prefix: string, timeoutMs: number, lend: (hot: OpenHot) => Promise<void>) {
  const redis = new Redis({ url, timeoutMs });
  const look = new Client(url, { disconnectTimeout: 100 });
  look.on('error', () => undefined);
  try {
    const keys = new Keys(prefix);
    if (!(await redis.ready(5_000))) throw new Error('Redis did not answer');
    const hot = new Hot({ redis, keys, leaseMs: 3_000, stateTtlMs: 60_000, refusalTtlMs: 50_000, streamKeep: 1_000 });
    await lend({ redis, keys, hot, look });
  } finally {
    redis.close();
    look.disconnect();
  }
}

export const withHot: Fixture<OpenHot> = async (lend) => {
  const lent = await lendRedis();
  try {
    await openHot(lent.url, lent.prefix, TIMEOUT_MS, lend);
  } finally {
    await lent.close();
  }
};

export interface OwnHot extends OpenHot {
  readonly server: OwnRedis;
}

/** A private server that may be stopped, paused and flushed; the time limit is the one given. */
export const withOwnHot =
  (timeoutMs = TIMEOUT_MS): Fixture<OwnHot> =>
  async (lend) => {
    const server = await ownRedis();
    try {
      await openHot(server.url, 't', timeoutMs, (hot) => lend({ ...hot, server }));
    } finally {
      server.resume();
      await server.close();
    }
  };
