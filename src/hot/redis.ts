/**
 * The connection to Redis: slow is treated as gone.
 *
 * R1 Every call is settled within its time limit; nothing waits for a connection (no offline queue), nothing is sent
 *    again after a reconnect. Whoever calls has another way (Postgres) and takes it on `redis_away`.
 * R2 After a timeout the late reply reaches nobody but `late`, which may undo what the call did.
 * R3 Five failures within a second: for a second nothing is asked, then one call tries (breaker.ts).
 * R4 An error reply of Redis itself is a bug (`redis_refused`), unless its code says that Redis can't serve now.
 */
import { Redis as Client, Command, ReplyError } from 'ioredis';
import { AndonError } from '../errors.ts';
import { Breaker } from './breaker.ts';

export interface RedisOptions {
  readonly url: string;
  /** Time limit of a command, milliseconds. */
  readonly timeoutMs: number;
  /** Shown by CLIENT LIST. */
  readonly name?: string;
  /** Told of connection errors; ioredis repeats them with every attempt. */
  onError?(error: Error): void;
}

export interface CallOptions {
  /** Instead of the usual time limit: for answers that are big. */
  readonly limitMs?: number;
  /** Gets the reply that came after the time limit. */
  late?(reply: unknown): void;
}

/** Nothing heard for so long while answers are due: the connection is given up, milliseconds. */
const DEAD_SOCKET_MS = 2_000;
const RECONNECT_MS = { first: 20, most: 250 };
/** Error codes of replies that mean "not now, not me" rather than "wrong". */
const AWAY_REPLY =
  /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|OOM|MISCONF|NOREPLICAS|NOAUTH|WRONGPASS|UNKILLABLE)\b/;

export const redisAway = (cause: unknown): AndonError =>
  new AndonError('redis_away', 'Redis is away or slow', { retry: 'elsewhere', cause });

export class Redis {
  readonly #options: RedisOptions;
  readonly #client: Client;
  readonly #dedicated = new Set<Client>();
  #corked = false;
  readonly #breaker = new Breaker({ failures: 5, withinMs: 1_000, openMs: 1_000, now: () => performance.now() });

  /** Connects by itself, now and after every loss. */
  constructor(options: RedisOptions) {
    this.#options = options;
    this.#client = this.#connect(options.name ?? 'andon', {
      enableOfflineQueue: false,
      socketTimeout: DEAD_SOCKET_MS,
    });
    this.#client.on('ready', () => this.#breaker.reset());
  }

  /** true while calls fail at once. */
  get away(): boolean {
    return this.#client.status !== 'ready' || this.#breaker.open;
  }

  /** Resolves when connected, or after `ms` with false. */
  async ready(ms: number): Promise<boolean> {
    if (this.#client.status === 'ready') return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), ms);
    const found = (): void => resolve(true);
    this.#client.once('ready', found);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#client.off('ready', found);
    });
  }

  /** One command. Rejects with `redis_away` or `redis_refused`. */
  call(command: string, args: readonly (string | number)[], options: CallOptions = {}): Promise<unknown> {
    if (!this.#breaker.allows()) return Promise.reject(redisAway('the breaker is open'));
    const limitMs = options.limitMs ?? this.#options.timeoutMs;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    let settled = false;
    const away = (cause: unknown): void => {
      if (settled) return;
      settled = true;
      this.#breaker.failed();
      reject(redisAway(cause));
    };
    // An answer that lies in the socket while this process was busy is in time: it is read before setImmediate runs.
    const timer = setTimeout(() => setImmediate(() => away(new Error(`no answer in ${limitMs} ms`))), limitMs);
    this.#send(command, args).then(
      (reply) => {
        clearTimeout(timer);
        if (settled) options.late?.(reply);
        else {
          settled = true;
          this.#breaker.worked();
          resolve(reply);
        }
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (!isRefusal(error)) away(error);
        else if (!settled) {
          settled = true;
          this.#breaker.worked();
          reject(new AndonError('redis_refused', `${command}: ${error.message}`, { cause: error }));
        }
      },
    );
    return promise;
  }

  /** All that is called before the event loop goes on is one write: it costs as much as encoding what is written. */
  #send(command: string, args: readonly (string | number)[]): Promise<unknown> {
    const { stream, status } = this.#client;
    if (!this.#corked && status === 'ready') {
      this.#corked = true;
      stream.cork();
      process.nextTick(() => {
        this.#corked = false;
        stream.uncork();
      });
    }
    const sent = new Command(command, [...args], { replyEncoding: 'utf8' });
    void this.#client.sendCommand(sent);
    return sent.promise;
  }

  /** A connection of its own for blocking reads or subscriptions: no time limit, no breaker. `close` ends it too. */
  dedicated(name: string, options: { readonly offlineQueue: boolean }): Client {
    const client = this.#connect(name, { enableOfflineQueue: options.offlineQueue });
    this.#dedicated.add(client);
    client.once('end', () => this.#dedicated.delete(client));
    return client;
  }

  close(): void {
    for (const client of [this.#client, ...this.#dedicated]) client.disconnect();
  }

  #connect(name: string, options: { enableOfflineQueue: boolean; socketTimeout?: number }): Client {
    const client = new Client(this.#options.url, {
      connectionName: name,
      connectTimeout: 1_000,
      disconnectTimeout: 100, // a socket that is to go and whose other end is silent
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      // Who subscribes does so again on `ready`: ioredis would not hear when that fails, and end the process.
      autoResubscribe: false,
      retryStrategy: (times) => Math.min(RECONNECT_MS.first * times, RECONNECT_MS.most),
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
      ...options,
    });
    client.on('error', (error: Error) => this.#options.onError?.(error));
    return client;
  }
}

const isRefusal = (error: unknown): error is Error =>
  error instanceof ReplyError && !AWAY_REPLY.test((error as Error).message);
