/**
 * Private servers for one benchmark, as durable as the product's own: fsync and synchronous_commit stay on. Beside them
 * a keeper, so that feeds and the reconciler run as in production.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../../src/launcher/servers/child.ts';
import { freePorts } from '../../src/launcher/servers/ports.ts';
import { postgresFolder, startPostgres } from '../../src/launcher/servers/postgres.ts';
import { preparePostgres } from '../../src/launcher/servers/prepare-postgres.ts';
import { startRedis } from '../../src/launcher/servers/redis.ts';
import { migrate } from '../../src/log/migrate.ts';
import { type Meter, ofFamily, ofProcess } from './cpu.ts';
import { untilEnded } from './ending.ts';
import { type Running, startProcess } from './process.ts';
import { sitesOf, TARIFFS, writeTariffs } from './tariffs.ts';

export interface Addresses {
  readonly databaseUrl: string;
  readonly adminUrl: string;
  readonly redisUrl: string;
  /** Folder, where it is not the product's own. */
  readonly tariffs?: string;
}

export interface Stand extends Addresses {
  readonly superUrl: string;
  readonly sites: readonly string[];
  /** Of the servers and the keeper; add the processes that are measured. */
  readonly meter: Meter;
  /** Runs something while no keeper does, as a new stand is filled. */
  withoutKeeper(act: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const secret = (): string => randomBytes(12).toString('hex');

/** `sites`: instead of the product's own. */
export async function openStand(sites?: readonly string[]): Promise<Stand> {
  const dir = await mkdtemp(join(tmpdir(), 'andon-bench-'));
  const tariffs = sites === undefined ? undefined : await writeTariffs(join(dir, 'tariffs'), sites);
  const [postgresPort = 0, redisPort = 0] = await freePorts(2);
  const servers: Server[] = [];
  let keeper: Running | undefined;
  const close = async (): Promise<void> => {
    ended();
    await keeper?.stop();
    await Promise.all(servers.map((server) => server.stop()));
    // Started by root, Postgres keeps its data where its own account may pass.
    for (const folder of [postgresFolder(join(dir, 'postgres')), dir])
      await rm(folder, { recursive: true, force: true });
  };
  const ended = untilEnded(close);
  try {
    const postgres = await startPostgres({
      dir: join(dir, 'postgres'),
      port: postgresPort,
      password: secret(),
      settings: { max_connections: '400' }, // pools of several processes of several contenders
    });
    servers.push(postgres);
    const redis = await startRedis({ dir: join(dir, 'redis'), port: redisPort, password: secret() });
    servers.push(redis);
    const { url, adminUrl } = await preparePostgres({
      superUrl: postgres.url,
      database: 'andon_bench',
      ownerPassword: secret(),
      webPassword: secret(),
    });
    await migrate(adminUrl, join(import.meta.dirname, '../../migrations'));
    const at: Addresses = {
      databaseUrl: url,
      adminUrl,
      redisUrl: redis.url,
      ...(tariffs === undefined ? {} : { tariffs }),
    };
    keeper = await startProcess('keeper', at);
    return {
      ...at,
      sites: sites ?? (await sitesOf(TARIFFS)),
      superUrl: postgres.url.replace(/\/postgres$/, '/andon_bench'),
      meter: {
        keeper: () => (keeper === undefined ? 0 : ofProcess(keeper.pid)()),
        Postgres: ofFamily(postgres.pid),
        Redis: ofProcess(redis.pid),
      },
      async withoutKeeper(act) {
        await keeper?.stop();
        await act();
        keeper = await startProcess('keeper', at);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
