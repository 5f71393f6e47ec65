/**
 * Empties Redis of everything under our prefix, and of nothing else: what stands there may be ahead of a log that was
 * adopted, and newer versions win. For when nobody serves; a key that is written meanwhile may stay.
 */
import type { Keys } from './keys.ts';
import type { Redis } from './redis.ts';

const COUNT = 1_000;
const LIMIT_MS = 5_000;

/** As a pattern of Redis that means exactly this text. */
export const literally = (text: string): string => text.replace(/[\\*?[\]^-]/g, '\\$&');

/** Returns how many keys went. Throws `redis_away`. */
export async function forgetAll(redis: Redis, { prefix }: Keys): Promise<number> {
  const limit = { limitMs: LIMIT_MS };
  let gone = 0;
  for (let cursor = '0'; ; ) {
    const page = await redis.call('SCAN', [cursor, 'MATCH', `${literally(prefix)}:*`, 'COUNT', COUNT], limit);
    const [next, found] = page as [string, string[]];
    if (found.length > 0) gone += Number(await redis.call('UNLINK', found, limit));
    if (next === '0') return gone;
    cursor = next;
  }
}
