/** The keeper's duties at the broker: waking workers, telling the world outside what happened, and which jobs are dead. */
import { JOB_KINDS } from '../../actors/jobs.ts';
import { outward as operatorOutward } from '../../actors/operator/outward.ts';
import { outward as orderOutward } from '../../actors/order/outward.ts';
import type { Broker } from '../../src/amqp/broker.ts';
import { type Outward, OutwardFeed } from '../../src/amqp/outward-feed.ts';
import { type Outgoing, Publisher } from '../../src/amqp/publisher.ts';
import { Topology } from '../../src/amqp/topology.ts';
import type { Core } from '../../src/core.ts';
import type { Queryable } from '../../src/log/statement.ts';
import type { LogRow } from '../../src/runtime/actor.ts';
import type { FeedSource } from '../../src/views/feed-tail.ts';
import { copyDeadJobs } from '../../src/work/dead-letters.ts';
import { Relay } from '../../src/work/relay.ts';

export interface BrokerDutyTools {
  readonly pool: Queryable;
  readonly source?: FeedSource;
  /** A row with its state and events in their present shapes. */
  folded(row: LogRow): LogRow;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
}

/** Dead jobs are looked for so often, milliseconds. */
const DEAD_MS = 1_000;

type Run = (signal: AbortSignal) => Promise<void>;

/** Each pairs the kind with the function for rows of that very kind. */
const OUTWARD: Readonly<Record<string, (row: LogRow) => readonly Outward[]>> = {
  order: (row) => orderOutward(row as Parameters<typeof orderOutward>[0]),
  operator: (row) => operatorOutward(row as Parameters<typeof operatorOutward>[0]),
};

export function brokerDuties(
  { config, counters }: Core,
  broker: Broker,
  { pool, source, folded, report }: BrokerDutyTools,
): readonly (readonly [name: string, run: Run])[] {
  const topology = new Topology(config.prefix, config.queues);
  const connected = (): boolean => broker.connected;
  const wakeUps = new Publisher({ broker, declare: topology.declareWork(JOB_KINDS) });
  const relay = new Relay({
    pool,
    kinds: JOB_KINDS,
    topology,
    connected,
    send: (messages) => wakeUps.send(messages),
    told: (kind, count) => counters.count('andon_wake_ups_sent_total', { kind }, count),
    report,
    everyMs: config.relayMs,
  });
  const events = new Publisher({ broker, declare: topology.declareEvents() });
  const feed = new OutwardFeed({
    pool,
    ...(source === undefined ? {} : { source }),
    exchange: topology.events,
    connected,
    async send(messages) {
      await events.send(messages);
      counters.count('andon_events_sent_total', {}, messages.length);
    },
    outward: (row) => OUTWARD[row.kind]?.(folded(row)) ?? [],
    report,
  });
  const letters = new Publisher({ broker, declare: topology.declareDeadLetters() });
  const dead = {
    pool,
    topology,
    connected,
    send: (messages: readonly Outgoing[]) => letters.send(messages),
    report,
    everyMs: DEAD_MS,
  };
  return [
    ['relay', (signal) => relay.run(signal)],
    ['publisher', (signal) => feed.run(signal)],
    ['dead-letters', (signal) => copyDeadJobs(dead, signal)],
  ];
}
