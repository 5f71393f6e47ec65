/**
 * Everything `up` may start, each as a Program: private servers and Andon's own processes. Another server joins as one
 * more function here, one more secret and one more name in install.ts.
 */
import { join } from 'node:path';
import { homeOf } from './home.ts';
import type { Program } from './kept.ts';
import { freshLog } from './log-files.ts';
import type { Place } from './place.ts';
import type { Secrets } from './secrets.ts';
import { startChild } from './servers/child.ts';
import { startNginx } from './servers/nginx.ts';
import { postgresUrl, startPostgres } from './servers/postgres.ts';
import { type RabbitmqPorts, rabbitmqUrl, startRabbitmq } from './servers/rabbitmq.ts';
import { redisUrl, startRedis } from './servers/redis.ts';
import { type Env, given, processEnv } from './settings.ts';

export const DATABASE = 'andon';

/** A private server; `url` is its owner's. */
export interface PrivateServer extends Program {
  readonly url: string;
}

/** One of Andon's own processes. */
export interface OwnProcess extends Program {
  readonly type: string;
  readonly index: number;
  readonly url?: string;
  /** Where it alone says how it is. */
  readonly ops?: string;
}

export const postgres = (place: Place, secrets: Secrets, port: number): PrivateServer => ({
  name: 'postgres',
  url: postgresUrl(port, 'andon_owner', secrets.postgresOwner, DATABASE),
  start: (spawned) =>
    startPostgres({
      dir: homeOf(place, secrets, 'postgres'),
      port,
      password: secrets.postgresSuper,
      logFile: freshLog(place, 'postgres'),
      spawned,
    }),
});

export const redis = (place: Place, secrets: Secrets, port: number): PrivateServer => ({
  name: 'redis',
  url: redisUrl(port, secrets.redis),
  start: (spawned) =>
    startRedis({
      dir: join(place.data, 'redis'),
      port,
      password: secrets.redis,
      logFile: freshLog(place, 'redis'),
      spawned,
    }),
});

export const rabbitmq = (place: Place, secrets: Secrets, ports: RabbitmqPorts): PrivateServer => ({
  name: 'rabbitmq',
  url: rabbitmqUrl(ports.amqp, secrets.rabbitmq),
  start: (spawned) =>
    startRabbitmq({
      dir: join(place.data, 'rabbitmq'),
      ports,
      password: secrets.rabbitmq,
      cookie: secrets.rabbitmqCookie,
      logFile: freshLog(place, 'rabbitmq'),
      spawned,
    }),
});

export const nginx = (
  place: Place,
  secrets: Secrets,
  ports: readonly number[],
  uploadBytes: number,
): PrivateServer => ({
  name: 'nginx',
  url: place.url,
  start: (spawned) =>
    startNginx({
      dir: homeOf(place, secrets, 'nginx'),
      template: join(place.root, 'deploy/nginx.conf'),
      host: place.host,
      port: place.port,
      nodePorts: ports,
      // The nodes refuse what is too large and say why; this only stops what is far beyond.
      bodyBytes: Math.max(64 * 1024 * 1024, uploadBytes) + 4 * 1024 * 1024,
      modelBytes: uploadBytes,
      url: place.url,
      logFile: freshLog(place, 'nginx'),
      spawned,
    }),
});

export interface OwnProcessOptions {
  readonly type: string;
  readonly index: number;
  readonly url?: string;
  readonly ops?: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Time to finish what runs when asked to stop, milliseconds. */
  readonly graceMs: number;
}

/** The file that processes start with. Tests of the launcher alone have a stand-in. */
export const entryFile = (env: Env): string => given(env, 'ANDON_ENTRY') ?? join('src', 'main.ts');

/** It says when it has begun its work; whether a web node can serve, with its stores, is asked of /readyz. */
export const ownProcess = (place: Place, env: Env, options: OwnProcessOptions): OwnProcess => ({
  name: `${options.type} ${options.index}`,
  type: options.type,
  index: options.index,
  ...(options.url === undefined ? {} : { url: options.url }),
  ...(options.ops === undefined ? {} : { ops: options.ops }),
  start: (spawned) =>
    startChild({
      name: `${options.type} ${options.index}`,
      url: options.url ?? '',
      command: process.execPath,
      args: [entryFile(env), options.type],
      cwd: place.root,
      env: processEnv(env, options.settings),
      logFile: freshLog(place, `${options.type}-${options.index}`),
      ready: 'says so',
      stopSignals: [['SIGINT', options.graceMs]], // all stop: clients have nowhere to go
      spawned,
    }),
});

/** Those who play the demo: outside the house, so they are told an address and log-ins and nothing of its servers. */
export const demoProcess = (place: Place, settings: Readonly<Record<string, string>>): OwnProcess => ({
  name: 'demo 1',
  type: 'demo',
  index: 1,
  start: (spawned) =>
    startChild({
      name: 'demo 1',
      url: '',
      command: process.execPath,
      args: ['--max-old-space-size=128', join('demo', 'main.ts'), place.url, place.loginsFile],
      cwd: place.root,
      env: { ANDON_DEMO_PACE: settings['ANDON_DEMO_PACE'], ANDON_LOG: settings['ANDON_LOG'] },
      logFile: freshLog(place, 'demo-1'),
      ready: 'says so',
      stopSignals: [['SIGINT', 3_000]],
      spawned,
    }),
});
