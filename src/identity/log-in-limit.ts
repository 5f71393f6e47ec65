/**
 * At most `most` wrong log-ins per minute for one login from one address, and PER_ADDRESS times as many from one address for
 * whatever logins (not on loopback): whoever tries one password on all of them meets that. While either holds, the right
 * password is not even looked at. Counted in Redis for all nodes, and in this process for when Redis is away.
 *
 * One at a time per login and address: of a hundred guesses sent at once, each knows of those before it.
 */
import { createHash } from 'node:crypto';
import type { Keys } from '../hot/keys.ts';
import { isLoopback, networkOf } from '../http/address.ts';
import type { RedisCommands } from './redis-commands.ts';

/** Many people of one company come from one address. */
const PER_ADDRESS = 20;
const WINDOW_MS = 60_000;
const WAITING = 100;
const REMEMBERED = 10_000;

interface Tries {
  count: number;
  readonly until: number;
}

interface Line {
  length: number;
  last: Promise<unknown>;
}

const idOf = (...of: readonly string[]): string => createHash('sha256').update(JSON.stringify(of)).digest('base64url');

export class LogInLimit {
  readonly #redis: RedisCommands;
  readonly #keys: Keys;
  readonly #most: number;
  readonly #now: () => number;
  readonly #own = new Map<string, Tries>();
  readonly #lines = new Map<string, Line>();

  constructor(redis: RedisCommands, keys: Keys, most: number, now: () => number = Date.now) {
    this.#redis = redis;
    this.#keys = keys;
    this.#most = most;
    this.#now = now;
  }

  /** Runs `attempt` unless the limit is reached; `limited` then. A result of undefined counts as a wrong log-in. */
  async guard<T>(
    login: string,
    address: string,
    attempt: () => Promise<T | undefined>,
  ): Promise<T | 'limited' | 'wrong'> {
    const from = networkOf(address);
    const own = idOf(login.toLowerCase(), from);
    const all = isLoopback(address) ? undefined : idOf(from);
    return this.#inLine(own, async () => {
      if (await this.#reached(own, this.#most)) return 'limited';
      if (all !== undefined && (await this.#reached(all, this.#most * PER_ADDRESS))) return 'limited';
      const result = await attempt();
      if (result !== undefined) return result;
      await this.#count(own);
      if (all !== undefined) await this.#count(all);
      return 'wrong';
    });
  }

  async #inLine<T>(id: string, act: () => Promise<T>): Promise<T | 'limited'> {
    const line = this.#lines.get(id) ?? { length: 0, last: Promise.resolve() };
    if (line.length >= WAITING) return 'limited';
    this.#lines.set(id, line);
    line.length += 1;
    const mine = line.last.then(act);
    line.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(id);
    }
  }

  async #reached(id: string, most: number): Promise<boolean> {
    const own = this.#own.get(id);
    if (own !== undefined && own.until > this.#now() && own.count >= most) return true;
    const count = await this.#redis.call('GET', [this.#keys.wrongLogIns(id)]).catch(() => null);
    return Number(count ?? 0) >= most;
  }

  async #count(id: string): Promise<void> {
    const now = this.#now();
    const own = this.#own.get(id);
    if (own !== undefined && own.until > now) own.count += 1;
    else this.#own.set(id, { count: 1, until: now + WINDOW_MS });
    if (this.#own.size > REMEMBERED) for (const [key, { until }] of this.#own) if (until <= now) this.#own.delete(key);
    const key = this.#keys.wrongLogIns(id);
    try {
      await this.#redis.call('INCR', [key]);
      await this.#redis.call('PEXPIRE', [key, WINDOW_MS, 'NX']); // NX: the minute begins with the first wrong one
    } catch {
      // Counted in this process.
    }
  }
}
