/**
 * Which Redis this is: its run and its replication history. Another answer than before means that what stands in it may
 * be older than what was written: it was started again, or a replica took over.
 */
import type { Redis } from '../hot/redis.ts';

export async function redisRun(redis: Redis): Promise<string> {
  const [server, replication] = await Promise.all([
    redis.call('INFO', ['server'], { limitMs: 1_000 }),
    redis.call('INFO', ['replication'], { limitMs: 1_000 }),
  ]);
  const field = (info: unknown, name: string): string =>
    new RegExp(`^${name}:(\\w+)`, 'm').exec(String(info))?.[1] ?? '';
  return `${field(server, 'run_id')} ${field(replication, 'master_replid')}`;
}
