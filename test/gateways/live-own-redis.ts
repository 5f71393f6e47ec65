import { type OwnRedis, ownRedis } from '../_kit/redis.ts';
import type { Fixture } from '../_kit/spec.ts';
import { type Live, withLive } from './open-live.ts';

export interface LiveWithRedis extends Live {
  readonly redis: OwnRedis;
}

/** Sockets with a Redis that a test may freeze, cut or end: nobody else uses it. */
export const withOwnRedis: Fixture<LiveWithRedis> = async (lend, title) => {
  const redis = await ownRedis();
  try {
    const env = { ANDON_REDIS_TIMEOUT_MS: '100' };
    await withLive({ redis: { url: redis.url, prefix: 'own' }, env })((live) => lend({ ...live, redis }), title);
  } finally {
    await redis.close();
  }
};
