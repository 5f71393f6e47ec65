/** Private servers for one benchmark, as durable as the product's own: fsync and synchronous_commit stay on. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../src/launcher/servers/child.ts';
import { freePorts } from '../src/launcher/servers/ports.ts';
import { startPostgres } from '../src/launcher/servers/postgres.ts';
import { preparePostgres } from '../src/launcher/servers/prepare-postgres.ts';
import { startRedis } from '../src/launcher/servers/redis.ts';
import { migrate } from '../src/log/migrate.ts';

export interface Stand {
  readonly databaseUrl: string;
  readonly adminUrl: string;
  readonly superUrl: string;
  readonly redisUrl: string;
  readonly postgresPid: number;
  readonly redisPid: number;
  close(): Promise<void>;
}

const secret = (): string => randomBytes(12).toString('hex');

export async function openStand(): Promise<Stand> {
  const dir = await mkdtemp(join(tmpdir(), 'andon-bench-'));
  const [postgresPort = 0, redisPort = 0] = await freePorts(2);
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const postgres = await startPostgres({ dir: join(dir, 'postgres'), port: postgresPort, password: secret() });
    servers.push(postgres);
    const redis = await startRedis({ dir: join(dir, 'redis'), port: redisPort, password: secret() });
    servers.push(redis);
    const { url, adminUrl } = await preparePostgres({
      superUrl: postgres.url,
      database: 'andon_bench',
      ownerPassword: secret(),
      webPassword: secret(),
    });
    await migrate(adminUrl, join(import.meta.dirname, '../migrations'));
    return {
      databaseUrl: url,
      adminUrl,
      superUrl: postgres.url,
      redisUrl: redis.url,
      postgresPid: postgres.pid,
      redisPid: redis.pid,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
