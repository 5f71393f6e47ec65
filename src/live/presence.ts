/**
 * Who is at a board: present = at least one socket open on any node. Each node notes those of its own in one sorted set
 * of Redis (member = person, score = when last seen), at once when one comes and every BEAT_MS; nobody is taken out, so
 * a node that is killed leaves no ghost for longer than FRESH_MS, and one that restarts makes nobody absent.
 *
 * Presence is advisory: without Redis a node knows only its own.
 */
import type { Redis } from '../hot/redis.ts';

export interface PresenceOptions {
  readonly redis: Pick<Redis, 'call'>;
  readonly key: string;
}

const BEAT_MS = 5_000;
/** Longer than two beats: one may be lost. */
const FRESH_MS = 12_000;
const FORGET_MS = 3_600_000;

export class Presence {
  readonly #options: PresenceOptions;
  /** Person → sockets of this node. */
  readonly #here = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#beat([...this.#here.keys()]), BEAT_MS).unref();
  }

  came(person: string): void {
    this.#here.set(person, (this.#here.get(person) ?? 0) + 1);
    this.#beat([person]);
  }

  gone(person: string): void {
    const left = (this.#here.get(person) ?? 1) - 1;
    if (left > 0) this.#here.set(person, left);
    else this.#here.delete(person);
  }

  /** Of these, those who are present. */
  async of(persons: readonly string[]): Promise<ReadonlySet<string>> {
    if (persons.length === 0) return new Set();
    try {
      const seen = (await this.#options.redis.call('ZMSCORE', [this.#options.key, ...persons])) as (string | null)[];
      const since = Date.now() - FRESH_MS;
      return new Set(persons.filter((_, i) => Number(seen[i] ?? 0) > since));
    } catch {
      return new Set(persons.filter((person) => this.#here.has(person)));
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #beat(persons: readonly string[]): void {
    if (persons.length === 0) return;
    const { redis, key } = this.#options;
    const now = Date.now();
    const noted = [
      redis.call('ZADD', [key, ...persons.flatMap((person) => [now, person])]),
      redis.call('ZREMRANGEBYSCORE', [key, 0, now - FORGET_MS]),
    ];
    for (const call of noted) call.catch(() => undefined); // the next beat notes it again
  }
}
