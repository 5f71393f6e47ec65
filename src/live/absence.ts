/** Since when somebody has been at no board, as the keeper last noticed it. */
import type { Keys } from '../hot/keys.ts';
import type { Redis } from '../hot/redis.ts';
import type { PersonNow } from '../views/people.ts';

/** Milliseconds since 1970; undefined = present, or not known now (Redis is away). */
export async function absentSince(
  { redis, keys }: { readonly redis: Redis; readonly keys: Keys },
  site: string,
  person: string,
): Promise<number | undefined> {
  const found = await redis.call('HGET', [keys.people(site), person]).catch(() => null);
  if (typeof found !== 'string') return undefined;
  const { present, since } = JSON.parse(found) as PersonNow;
  return present ? undefined : since;
}
