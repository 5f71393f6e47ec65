/** Redis for tests: a random prefix on the run's server, or a private server that may be killed and flushed. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Server } from '../../src/launcher/servers/child.ts';
import { freePort } from '../../src/launcher/servers/ports.ts';
import { redisUrl, startRedis } from '../../src/launcher/servers/redis.ts';
import { fromRunner, REDIS_URL, RUN_DIR } from './environment.ts';

export interface LentRedis {
  readonly url: string;
  readonly prefix: string;
  /** Removes every key below the prefix. */
  close(): Promise<void>;
}

async function removeBelow(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  try {
    let cursor = '0';
    do {
      const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1_000);
      if (keys.length > 0) await redis.unlink(...keys);
      cursor = next;
    } while (cursor !== '0');
  } finally {
    redis.disconnect();
  }
}

export async function lendRedis(): Promise<LentRedis> {
  const url = fromRunner(REDIS_URL);
  const prefix = `t${randomBytes(6).toString('hex')}`;
  return { url, prefix, close: () => removeBelow(url, prefix) };
}

export interface OwnRedis {
  readonly url: string;
  readonly port: number;
  pid(): number;
  /** kill -9. */
  kill(): Promise<void>;
  /** Connected but silent, as a server that is stuck. */
  pause(): void;
  resume(): void;
  /** Ends it, if it runs, and starts it again, empty, on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A server of one's own (about 50 ms). */
export async function ownRedis(settings: Readonly<Record<string, string>> = {}): Promise<OwnRedis> {
  const dir = await mkdtemp(join(fromRunner(RUN_DIR), 'redis-'));
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const start = (): Promise<Server> => startRedis({ dir, port, password, settings, ownGroup: false });
  let server = await start();
  const stop = (): Promise<void> => {
    server.signal('SIGCONT');
    return server.stop();
  };
  return {
    url: redisUrl(port, password),
    port,
    pid: () => server.pid,
    kill: () => server.kill(),
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    async restart() {
      await stop();
      server = await start();
    },
    async close() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
