/** A Redis that was given, looked at before anything uses it. Told, no more: everything works without it, only slower. */
import { Redis as Client } from 'ioredis';

const LOOK_MS = 3_000;
/** Shard channels came with it. */
const LEAST_VERSION = 7;

const field = (info: string, name: string): string => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';

/** What is wrong with it, in words. */
function faultIn(info: string): string | undefined {
  const version = field(info, 'redis_version');
  if (Number.parseInt(version, 10) < LEAST_VERSION)
    return `is version ${version}; Andon needs ${LEAST_VERSION} or newer`;
  const policy = field(info, 'maxmemory_policy');
  if (policy.startsWith('allkeys'))
    return `may evict any key (maxmemory-policy ${policy}): boards would lose cards. Set it to volatile-lru or noeviction`;
  return undefined;
}

export async function lookAtRedis(url: string, say: (line: string) => void): Promise<void> {
  const client = new Client(url, {
    lazyConnect: true,
    connectTimeout: LOOK_MS,
    commandTimeout: LOOK_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  let why: string | undefined;
  client.on('error', (error: Error) => {
    why = error.message;
  });
  try {
    await client.connect();
    const fault = faultIn(`${await client.info('server')}\n${await client.info('memory')}`);
    if (fault !== undefined) say(`Redis at ${new URL(url).host} ${fault}`);
  } catch (error) {
    const reason = why ?? (error instanceof Error ? error.message : String(error));
    say(
      `Redis at ${new URL(url).host} (REDIS_URL) can't be used: ${reason}. Going on without it, slower, until it can`,
    );
  } finally {
    client.disconnect();
  }
}
