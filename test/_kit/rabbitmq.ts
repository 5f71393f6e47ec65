/** RabbitMQ for tests: a random prefix on the run's broker, or a private one that may be killed. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from '../../src/launcher/servers/child.ts';
import { freePorts } from '../../src/launcher/servers/ports.ts';
import { type RabbitmqPorts, rabbitmqUrl, startRabbitmq } from '../../src/launcher/servers/rabbitmq.ts';
import { AMQP_URL, fromRunner, RUN_DIR } from './environment.ts';

async function brokerPorts(): Promise<RabbitmqPorts> {
  const [amqp = 0, dist = 0, epmd = 0] = await freePorts(3);
  return { amqp, dist, epmd };
}

export interface LentRabbitmq {
  readonly url: string;
  readonly port: number;
  /** Of queues and exchanges. They end with the run: the broker is thrown away. */
  readonly prefix: string;
}

/** For files of `test/amqp`. */
export function lendRabbitmq(): LentRabbitmq {
  const url = fromRunner(AMQP_URL);
  return { url, port: Number(new URL(url).port), prefix: `t${randomBytes(6).toString('hex')}` };
}

export interface OwnRabbitmq {
  readonly url: string;
  readonly dir: string;
  readonly ports: RabbitmqPorts;
  pid(): number;
  /** kill -9, of its port mapper too. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Starts it again on the same ports and data. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A broker of one's own: 5 s of processor time for each start. */
export async function ownRabbitmq(): Promise<OwnRabbitmq> {
  const dir = await mkdtemp(join(fromRunner(RUN_DIR), 'rabbitmq-'));
  const ports = await brokerPorts();
  const password = randomBytes(12).toString('hex');
  const cookie = randomBytes(12).toString('hex');
  const start = (): Promise<Server> => startRabbitmq({ dir, ports, password, cookie, ownGroup: false });
  let server = await start();
  return {
    url: rabbitmqUrl(ports.amqp, password),
    dir,
    ports,
    pid: () => server.pid,
    kill: () => server.kill(),
    stop: () => server.stop(),
    async start() {
      server = await start();
    },
    async close() {
      await server.kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
