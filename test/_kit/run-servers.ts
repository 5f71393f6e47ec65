/** The Postgres and Redis that all files of one run share, with the migrated template database; RabbitMQ where it is used. */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from '../../src/launcher/servers/child.ts';
import { freePorts } from '../../src/launcher/servers/ports.ts';
import { startPostgres } from '../../src/launcher/servers/postgres.ts';
import { preparePostgres } from '../../src/launcher/servers/prepare-postgres.ts';
import { startRabbitmq } from '../../src/launcher/servers/rabbitmq.ts';
import { startRedis } from '../../src/launcher/servers/redis.ts';
import { migrate } from '../../src/log/migrate.ts';
import { ADMIN_URL, AMQP_URL, APP_URL, REDIS_URL, RUN_DIR, SUPER_URL } from './environment.ts';
import { MIGRATIONS } from './postgres.ts';

export interface RunServers {
  readonly env: Readonly<Record<string, string>>;
  /** The migration that failed, if one did: files still run, on what came before it, and the run is red. */
  readonly fault?: string;
  stop(): Promise<void>;
}

const secret = (): string => randomBytes(12).toString('hex');

export async function startRunServers(dir: string, withBroker: boolean): Promise<RunServers> {
  // All at once: what is asked for later may be one of those given first.
  const [postgresPort = 0, redisPort = 0, amqp = 0, dist = 0, epmd = 0] = await freePorts(5);
  const ports = { amqp, dist, epmd };
  const running: Server[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.stop()));
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const started = await Promise.allSettled([
      // Throw-away data: no fsync. Tests that kill a Postgres have their own, with fsync (`ownPostgres`).
      startPostgres({ dir: join(dir, 'postgres'), port: postgresPort, password: secret(), durable: false }),
      startRedis({ dir: join(dir, 'redis'), port: redisPort, password: secret() }),
      ...(withBroker
        ? [startRabbitmq({ dir: join(dir, 'rabbitmq'), ports, password: secret(), cookie: secret() })]
        : []),
    ]);
    for (const one of started) if (one.status === 'fulfilled') running.push(one.value);
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    const [postgres, redis, rabbitmq] = running as [Server, Server, Server | undefined];
    const prepared = await preparePostgres({
      superUrl: postgres.url,
      database: 'andon_template',
      ownerPassword: secret(),
      webPassword: secret(),
    });
    let fault: string | undefined;
    await migrate(prepared.adminUrl, MIGRATIONS).catch((error) => {
      fault = `migrations: ${(error as Error).message}`;
    });
    return {
      env: {
        [RUN_DIR]: dir,
        [SUPER_URL]: postgres.url,
        [ADMIN_URL]: prepared.adminUrl,
        [APP_URL]: prepared.url,
        [REDIS_URL]: redis.url,
        ...(rabbitmq === undefined ? {} : { [AMQP_URL]: rabbitmq.url }),
      },
      ...(fault === undefined ? {} : { fault }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
