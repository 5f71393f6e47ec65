import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ChannelModel, connect } from 'amqplib';
import * as assert from 'uvu/assert';
import { listens } from '../../src/launcher/servers/ports.ts';
import { startRabbitmq } from '../../src/launcher/servers/rabbitmq.ts';
import { livingInGroup } from '../_kit/processes.ts';
import { type OwnRabbitmq, ownRabbitmq } from '../_kit/rabbitmq.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec<OwnRabbitmq>(
  'a private rabbitmq',
  async (lend) => {
    const broker = await ownRabbitmq();
    try {
      await lend(broker);
    } finally {
      await broker.close();
    }
  },
  { deadlineMs: 180_000 },
);

async function withConnection<T>(url: string, act: (connection: ChannelModel) => Promise<T>): Promise<T> {
  const connection = await connect(url);
  connection.on('error', () => undefined);
  try {
    return await act(connection);
  } finally {
    await connection.close().catch(() => undefined);
  }
}

/** Our group is the runner's for this file: itself, and what the broker consists of. */
const brokerProcesses = (): string[] =>
  livingInGroup(Number(/^\d+ \(.*\) \S \d+ (\d+)/s.exec(readFileSync('/proc/self/stat', 'utf8'))?.[1]))
    .filter(({ pid }) => pid !== process.pid)
    .map(({ command }) => command)
    .sort();

const QUEUE = { durable: true } as const;

test('keeps what it confirmed over kill -9, shuts out guest, and leaves no process behind', async (broker) => {
  const { dir, ports, url } = broker;
  assert.is(readFileSync(`/proc/${broker.pid()}/comm`, 'utf8').trim(), 'beam.smp', 'the pid is the node’s own');
  assert.is(statSync(join(dir, 'rabbitmq.conf')).mode & 0o777, 0o600);
  assert.is(statSync(join(dir, 'home/.erlang.cookie')).mode & 0o777, 0o400);
  const password = new URL(url).password;
  const lines = readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : [];
    } catch {
      return [];
    }
  });
  assert.not.ok(lines.some((line) => line.includes(password)));
  const guest = await connect(`amqp://guest:guest@127.0.0.1:${ports.amqp}`).catch((error: Error) => error.message);
  assert.match(guest as string, /ACCESS_REFUSED|403/);

  await withConnection(url, async (connection) => {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    await channel.assertQueue('kept', QUEUE);
    for (let i = 0; i < 20; i++) channel.sendToQueue('kept', Buffer.from(String(i)), { persistent: true });
    await channel.waitForConfirms();
    await broker.kill();
  });
  assert.equal(brokerProcesses(), []);
  await broker.start();
  const left = await withConnection(url, async (connection) => {
    const channel = await connection.createChannel();
    return (await channel.assertQueue('kept', QUEUE)).messageCount;
  });
  assert.is(left, 20);

  const other = await startRabbitmq({
    dir: `${dir}-other`,
    ports: { ...ports, epmd: ports.epmd + 1 },
    password,
    cookie: 'another-one'.replace('-', ''),
    ownGroup: false,
  }).catch((error) => error);
  assert.is(other.code, 'server_failed', 'its ports are taken');

  await broker.stop();
  await until('nothing of it runs', () => brokerProcesses().length === 0, 5_000);
  for (const port of Object.values(ports)) assert.not.ok(await listens(port), `port ${port} is free again`);
});
