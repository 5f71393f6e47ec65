/** The faults that only need the private servers and the processes of a house. Each leaves nothing of its own behind. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { until } from '../../_kit/until.ts';
import { type House, hasChildren, pidsOf, serverUrl } from './house.ts';

export type Strike = (house: House) => Promise<void>;

const run = promisify(execFile);

const anyOf = <T>(of: readonly T[]): T => {
  const one = of[Math.floor(Math.random() * of.length)];
  if (one === undefined) throw new Error('there is none');
  return one;
};

/** Longer than every lease there is. */
const STOPPED_MS = 4_000;
/** Draining, ending and starting one node. */
const ROLL_MS = 90_000;

export const kill =
  (name: string): Strike =>
  async (house) =>
    void process.kill(anyOf(await pidsOf(house, name)), 'SIGKILL');

export const killOneByOne =
  (name: string): Strike =>
  async (house) => {
    for (const pid of await pidsOf(house, name)) {
      process.kill(pid, 'SIGKILL');
      await sleep(1_000);
    }
  };

/** In the middle of a calculation. */
export const killAtWork: Strike = async (house) => {
  const pids = await pidsOf(house, 'worker');
  process.kill(await until('a worker measures', () => pids.find(hasChildren) ?? 0, 30_000), 'SIGKILL');
};

export const standStill =
  (name: string, ms = STOPPED_MS): Strike =>
  async (house) => {
    const pid = anyOf(await pidsOf(house, name));
    process.kill(pid, 'SIGSTOP');
    await sleep(ms);
    process.kill(pid, 'SIGCONT');
  };

/** Every web node is ended and started again, one after the other, as when a new version is brought in. */
export const rolling: Strike = async ({ product }) => {
  const nodes = async () => (await product.status()).processes.filter(({ type }) => type === 'web');
  for (const { index, pid } of await nodes()) {
    process.kill(pid, 'SIGTERM');
    const back = async (): Promise<boolean> => {
      const found = (await nodes()).find((node) => node.index === index);
      return found !== undefined && found.pid !== pid && found.ready;
    };
    for (const until = Date.now() + ROLL_MS; !(await back()); await sleep(500))
      if (Date.now() > until) throw new Error(`web ${index} is not back`);
  }
};

async function inRedis(house: House, act: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(await serverUrl(house, 'redis'));
  try {
    await act(redis);
  } finally {
    redis.disconnect();
  }
}

export const flushAll: Strike = (house) => inRedis(house, (redis) => redis.flushall());

/** Killed, and back with what it knew two seconds before. */
export const olderFile: Strike = async (house) => {
  await inRedis(house, (redis) => redis.save());
  await sleep(2_000);
  await kill('redis')(house);
  await until('Redis is back with the old keys', async () => {
    let keys = 0;
    await inRedis(house, async (redis) => {
      keys = await redis.dbsize();
    });
    return keys > 0;
  });
  rmSync(join(house.product.data, 'redis/dump.rdb'));
};

/** Every connection is closed by the broker, then every queue and exchange vanishes under its channels. */
export const brokerForgets: Strike = async (house) => {
  const [pid] = await pidsOf(house, 'rabbitmq');
  const env = Object.fromEntries(
    readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const control = join(env['RABBITMQ_HOME'] ?? '/usr/lib/rabbitmq', 'bin/rabbitmqctl');
  const tell = (...words: string[]): Promise<{ stdout: string }> => run(control, ['-q', ...words], { env });
  await tell('close_all_connections', 'a rehearsal');
  await sleep(500);
  const { stdout } = await tell('list_queues', '--no-table-headers', 'name');
  const connection = await connect(await serverUrl(house, 'rabbitmq'));
  connection.on('error', () => undefined);
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  for (const queue of stdout.split('\n').filter((name) => name !== '')) await channel.deleteQueue(queue);
  await channel.deleteExchange('andon.events');
  await connection.close();
};

const OTHERS = `SELECT pid, application_name FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;

/** kill -9 of one session: Postgres then ends all of them and recovers. */
export const killBackend: Strike = (house) =>
  house.sight(async (client) => {
    const { rows } = await client.query(`${OTHERS} AND application_name LIKE '%append'`);
    process.kill(anyOf(rows).pid, 'SIGKILL');
  });

export const endSessions: Strike = (house) =>
  house.sight(async (client) => {
    for (let times = 0; times < 8; times++) {
      await client.query(`SELECT pg_terminate_backend(pid) FROM (${OTHERS}) others`);
      await sleep(400);
    }
  });
