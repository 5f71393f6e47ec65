/** Wake-ups from the broker to the workers of this process. */
import type { Broker } from '../amqp/broker.ts';
import { Consumer } from '../amqp/consumer.ts';
import { SPEEDS, type Topology } from '../amqp/topology.ts';

export interface Sleeper {
  readonly kinds: readonly string[];
  wake(): void;
}

export interface WakeUpOptions {
  readonly broker: Broker;
  readonly topology: Topology;
  readonly sleepers: readonly Sleeper[];
  heard(kind: string): void;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
}

export function hearWakeUps({ broker, topology, sleepers, heard, report }: WakeUpOptions): Consumer {
  const byQueue = new Map(
    sleepers.flatMap(({ kinds, wake }) =>
      kinds.flatMap((kind) => SPEEDS.map((speed) => [topology.workQueue(kind, speed), { kind, wake }] as const)),
    ),
  );
  return new Consumer({
    broker,
    declare: topology.declareWork(sleepers.flatMap(({ kinds }) => kinds)),
    queues: [...byQueue.keys()],
    use(queue) {
      const sleeper = byQueue.get(queue);
      if (sleeper === undefined) return;
      heard(sleeper.kind);
      sleeper.wake();
    },
    report,
  });
}
