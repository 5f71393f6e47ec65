/**
 * Closes the sockets of sessions that ended: expired ones by the clock, revoked ones by a message of Redis. A message may
 * be lost, so every SWEEP_MS what this node knows of revocations counts too (it reads them from Postgres), and after each
 * reconnect, and every CHECK_MS, the sessions are looked up.
 */
import type { Redis } from 'ioredis';
import type { Line } from './line.ts';

export interface SessionWatchOptions {
  /** An own connection: it only subscribes. */
  readonly subscriber: Redis;
  /** Each message is the id of a session that was revoked. */
  readonly channel: string;
  /** undefined = the session has ended. Rejects when it can't be known now. */
  look(sid: string): Promise<unknown>;
  /** Known without asking. */
  hasEnded(sid: string): boolean;
}

const SWEEP_MS = 500;
const CHECK_MS = 15_000;

export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #lines = new Set<Line>();
  readonly #sweep: NodeJS.Timeout;
  readonly #check: NodeJS.Timeout;

  constructor(options: SessionWatchOptions) {
    this.#options = options;
    const { subscriber } = options;
    subscriber.on('message', (_channel: string, sid: string) => this.#end(sid));
    subscriber.on('ready', () => this.#subscribe());
    if (subscriber.status === 'ready') this.#subscribe();
    this.#sweep = setInterval(() => this.#endKnown(), SWEEP_MS).unref();
    this.#check = setInterval(() => this.#lookAll(), CHECK_MS).unref();
  }

  add(line: Line): void {
    if (line.principal !== undefined) this.#lines.add(line);
  }

  remove(line: Line): void {
    this.#lines.delete(line);
  }

  close(): void {
    clearInterval(this.#sweep);
    clearInterval(this.#check);
    this.#options.subscriber.disconnect();
  }

  #subscribe(): void {
    this.#options.subscriber
      .subscribe(this.#options.channel)
      .then(() => this.#lookAll())
      .catch(() => undefined); // the connection broke again: the next `ready` subscribes
  }

  #end(sid: string): void {
    for (const line of this.#lines) if (line.principal?.sid === sid) line.close();
  }

  #endKnown(): void {
    const now = Date.now();
    for (const line of this.#lines) {
      const { expiresAt, sid } = line.principal ?? { expiresAt: 0, sid: '' };
      if (expiresAt <= now || this.#options.hasEnded(sid)) line.close();
    }
  }

  #lookAll(): void {
    const sids = new Set([...this.#lines].map(({ principal }) => principal?.sid ?? ''));
    for (const sid of sids) {
      this.#options.look(sid).then(
        (found) => {
          if (found === undefined) this.#end(sid);
        },
        () => undefined, // can't be known now
      );
    }
  }
}
