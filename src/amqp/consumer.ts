/**
 * Listening to queues for as long as the process lives: with every new connection, and again when the channel was closed
 * or a queue was deleted. A message is acknowledged before it is used: it says no more than "look".
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, ChannelModel } from 'amqplib';
import type { Broker } from './broker.ts';
import { abandon, type Declare, openChannel } from './channel.ts';

export interface ConsumerOptions {
  readonly broker: Broker;
  readonly declare: Declare;
  readonly queues: readonly string[];
  /** Must not throw. */
  use(queue: string): void;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
}

/** Messages that a process which hangs may keep from the others. */
const PREFETCH = 4;
const AGAIN_MS = 500;

export class Consumer {
  readonly #options: ConsumerOptions;
  readonly #stop = new AbortController();
  #channel: Channel | undefined;

  /** Begins at once. */
  constructor(options: ConsumerOptions) {
    this.#options = options;
    options.broker.eachConnection((connection) => void this.#listen(connection));
  }

  stop(): void {
    this.#stop.abort();
    if (this.#channel) abandon(this.#channel);
  }

  /** While the connection lasts. */
  async #listen(connection: ChannelModel): Promise<void> {
    const { broker, report } = this.#options;
    while (!this.#stop.signal.aborted && broker.connection === connection) {
      try {
        await this.#listenOnce(connection);
      } catch (error) {
        if (broker.connection === connection) report('listening to the broker failed', { error });
      }
      await sleep(AGAIN_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** Until the channel has ended. */
  async #listenOnce(connection: ChannelModel): Promise<void> {
    const channel = await openChannel(connection, this.#options.declare);
    const ended = new Promise<void>((resolve) => channel.once('close', () => resolve()));
    this.#channel = channel;
    try {
      await channel.prefetch(PREFETCH);
      for (const queue of this.#options.queues) {
        await channel.consume(queue, (message) => {
          if (message === null) return abandon(channel); // the queue was deleted
          channel.ack(message);
          this.#options.use(queue);
        });
      }
      if (this.#stop.signal.aborted) abandon(channel);
      await ended;
    } finally {
      abandon(channel);
      this.#channel = undefined;
    }
  }
}
