/**
 * What every process has: the log, Redis and the actor runtime on them. Opened once, closed in the opposite order.
 */
import type { Pool } from 'pg';
import type { Broker } from './amqp/broker.ts';
import { openBroker } from './amqp/open.ts';
import type { Config } from './config.ts';
import { Hot } from './hot/hot.ts';
import { Keys } from './hot/keys.ts';
import { Redis } from './hot/redis.ts';
import { Batcher } from './log/batch.ts';
import { Confirmer } from './log/confirm.ts';
import { type Access, openPool } from './log/connect.ts';
import { LogReader, READ_SETTINGS } from './log/read.ts';
import type { FactProviders } from './runtime/facts.ts';
import type { AnyDefinition } from './runtime/judge.ts';
import { Runtime } from './runtime/runtime.ts';
import type { Counters } from './telemetry/counters.ts';
import type { Log } from './telemetry/log.ts';

/** The group role that migration 0001 makes; set on connect where the URL's login is the owner. */
export const APP_ROLE = 'andon_app';
const READ_CONNECTIONS = 4;
const POOL_CONNECTIONS = 8;

export interface Core {
  readonly config: Config;
  readonly access: Access;
  readonly log: Log;
  readonly counters: Counters;
  /** For everything but the log: identity, lists, jobs, models. */
  readonly pool: Pool;
  readonly reader: LogReader;
  readonly redis: Redis;
  readonly keys: Keys;
  readonly hot: Hot;
  /** undefined: none is configured; work is found by looking. */
  readonly broker: Broker | undefined;
  runtime(definitions: readonly AnyDefinition[], facts: FactProviders): Runtime;
  close(): Promise<void>;
}

export async function openCore(config: Config, service: string, log: Log, counters: Counters): Promise<Core> {
  const name = `andon ${service}`;
  const oneUrl = config.databaseAdminUrl === '' || config.databaseAdminUrl === config.databaseUrl;
  const access: Access = { url: config.databaseUrl, role: oneUrl ? APP_ROLE : undefined, name };
  const role = oneUrl ? { role: APP_ROLE } : {};
  const onError = (error: Error): void => log.warn({ error }, 'database connection lost');

  const pool = openPool({ ...access, max: POOL_CONNECTIONS, onError });
  const readPool = openPool({
    ...access,
    name: `${name} read`,
    max: READ_CONNECTIONS,
    settings: READ_SETTINGS,
    onError,
  });
  const reader = new LogReader(readPool);
  const confirmer = new Confirmer({ ...access, name: `${name} confirm`, onError });
  const batcher = new Batcher({
    url: config.databaseUrl,
    ...role,
    name: `${name} append`,
    queueLimit: config.appendQueue,
    commandMs: config.commandMs,
    report: (what, details) => log.warn({ event_type: what, ...details }, what),
  });
  const keys = new Keys(config.prefix);
  const redis = new Redis({
    url: config.redisUrl,
    timeoutMs: config.redisTimeoutMs,
    name,
    onError: (error) => log.debug({ error }, 'redis connection'),
  });
  const broker = openBroker(config, service, log);
  const { leaseMs, stateTtlMs, refusalTtlMs, streamKeep } = config;
  const hot = new Hot({ redis, keys, leaseMs, stateTtlMs, refusalTtlMs, streamKeep });

  batcher.start().catch((error: unknown) => log.warn({ error }, 'the log is not reachable yet'));
  await redis.ready(config.redisTimeoutMs * 20);

  return {
    config,
    access,
    log,
    counters,
    pool,
    reader,
    redis,
    keys,
    hot,
    broker,
    runtime: (definitions, facts) =>
      new Runtime({
        definitions,
        facts,
        hot,
        log: {
          append: (row) => batcher.append(row),
          heads: (actors) => reader.heads(actors),
          confirm: (question) => confirmer.ask(question),
          claims: (prefix) => reader.claims(prefix),
        },
        leaseWaitMs: config.leaseWaitMs,
        commandMs: config.commandMs,
        mailboxLimit: config.mailboxLimit,
        report: (what, details) => log.error({ event_type: what, ...details }, what),
        answered: (kind, command, code) => counters.count('andon_commands_total', { kind, command, code }),
      }),
    async close() {
      await batcher.close();
      await confirmer.close();
      redis.close();
      await broker?.close();
      await Promise.all([pool.end(), readPool.end()]);
    },
  };
}
