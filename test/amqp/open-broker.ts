/** A connection to the run's broker under a prefix of one's own, straight or through a proxy that cuts it. */
import { type Channel, connect } from 'amqplib';
import { Broker } from '../../src/amqp/broker.ts';
import { Topology } from '../../src/amqp/topology.ts';
import { type CutProxy, cutProxy } from '../_kit/cut-proxy.ts';
import { lendRabbitmq } from '../_kit/rabbitmq.ts';
import type { Fixture } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

export interface Heard {
  readonly key: string;
  readonly id: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface OpenBroker {
  /** Of the proxy. */
  readonly url: string;
  readonly prefix: string;
  readonly topology: Topology;
  readonly proxy: CutProxy;
  readonly reports: readonly string[];
  /** Connected; through the proxy. */
  broker(): Promise<Broker>;
  /** Past the proxy: for looking and for mischief. */
  readonly sight: Channel;
  /** Everything that comes to the exchange of the events from now on. */
  hear(): Promise<readonly Heard[]>;
}

export const through = (url: string, port: number): string => {
  const at = new URL(url);
  at.port = String(port);
  return at.href;
};

export const withBroker: Fixture<OpenBroker> = async (lend) => {
  const { url, port, prefix } = lendRabbitmq();
  const proxy = await cutProxy(port);
  const reports: string[] = [];
  const brokers: Broker[] = [];
  const connection = await connect(url);
  connection.on('error', () => undefined);
  const sight = await connection.createChannel();
  sight.on('error', () => undefined);
  const topology = new Topology(prefix, 'classic');
  try {
    await lend({
      url: through(url, proxy.port),
      prefix,
      topology,
      proxy,
      reports,
      sight,
      async broker() {
        const broker = new Broker({
          url: through(url, proxy.port),
          name: `test ${prefix}`,
          report: (what) => reports.push(what),
          longestPauseMs: 200,
        });
        brokers.push(broker);
        await until('it is connected', () => broker.connected);
        return broker;
      },
      hear: () => hear(sight, topology),
    });
  } finally {
    for (const broker of brokers) await broker.close();
    await connection.close().catch(() => undefined);
    await proxy.close();
  }
};

export async function hear(channel: Channel, topology: Topology): Promise<readonly Heard[]> {
  const heard: Heard[] = [];
  await topology.declareEvents()(channel);
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, topology.events, '#');
  await channel.consume(
    queue,
    (message) => {
      if (message === null) return;
      const { fields, properties, content } = message;
      heard.push({
        key: fields.routingKey,
        id: String(properties.messageId),
        body: content.toString(),
        headers: properties.headers ?? {},
      });
    },
    { noAck: true },
  );
  return heard;
}
