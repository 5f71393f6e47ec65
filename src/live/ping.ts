import type { Redis } from 'ioredis';

/** Does this connection answer in time? Works on subscribers too. */
export async function answersWithin(client: Redis, ms: number): Promise<boolean> {
  if (client.status !== 'ready') return false;
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  const answered = client.ping().then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
