/**
 * One connection to RabbitMQ, kept: lost, it is opened again after growing, random pauses. Nothing here throws or rejects
 * because the broker is away; who wants to send asks `connection`, who wants to listen is told of every new one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChannelModel, connect } from 'amqplib';

export interface BrokerOptions {
  readonly url: string;
  /** As the broker shows it among its connections. */
  readonly name: string;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
  /** Longest pause between two attempts, milliseconds. */
  readonly longestPauseMs?: number;
}

/** A silent broker is given up after twice this, seconds. */
const HEARTBEAT_S = 5;
const CONNECT_MS = 5_000;
const CLOSE_MS = 1_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

export class Broker {
  readonly #options: BrokerOptions;
  readonly #users: ((connection: ChannelModel) => void)[] = [];
  readonly #stop = new AbortController();
  readonly #loop: Promise<void>;
  #connection: ChannelModel | undefined;

  /** Begins at once. */
  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#loop = this.#keep();
  }

  /** undefined while the broker is away. */
  get connection(): ChannelModel | undefined {
    return this.#connection;
  }

  get connected(): boolean {
    return this.#connection !== undefined;
  }

  /** Told of every new connection, and of the present one. Must not throw. */
  eachConnection(use: (connection: ChannelModel) => void): void {
    this.#users.push(use);
    if (this.#connection) use(this.#connection);
  }

  /** A broker that is stuck is not waited for. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#connection?.close().catch(() => undefined); // lost meanwhile
    await Promise.race([this.#loop, sleep(CLOSE_MS, undefined, { ref: false })]);
  }

  async #keep(): Promise<void> {
    const { longestPauseMs = LONGEST_PAUSE_MS, report } = this.#options;
    const { signal } = this.#stop;
    let pause = FIRST_PAUSE_MS;
    let told = false;
    while (!signal.aborted) {
      try {
        const connection = await this.#open();
        if (told) report('the broker is back', {});
        pause = FIRST_PAUSE_MS;
        told = false;
        await this.#use(connection);
      } catch (error) {
        if (!told && !signal.aborted) report('the broker is away', { error });
        told = true;
      }
      // Half of it is random: not all nodes come back in the same moment.
      await sleep(pause / 2 + (Math.random() * pause) / 2, undefined, { signal }).catch(() => undefined);
      pause = Math.min(pause * 2, longestPauseMs);
    }
  }

  async #open(): Promise<ChannelModel> {
    const url = new URL(this.#options.url);
    if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', String(HEARTBEAT_S));
    return connect(url.href, {
      timeout: CONNECT_MS,
      noDelay: true,
      clientProperties: { connection_name: this.#options.name },
    });
  }

  /** Until it is lost; throws why. */
  async #use(connection: ChannelModel): Promise<void> {
    const ended = Promise.withResolvers<void>();
    ended.promise.catch(() => undefined); // also when nobody waits for it any more
    connection.on('error', (error) => ended.reject(error));
    connection.on('close', (error) => (error ? ended.reject(error) : ended.resolve()));
    this.#connection = connection;
    try {
      if (this.#stop.signal.aborted) await connection.close();
      else for (const use of this.#users) use(connection);
      await ended.promise;
    } finally {
      this.#connection = undefined;
    }
    if (!this.#stop.signal.aborted) throw new Error('the connection was closed');
  }
}
