/** Leases of duties by redlock. Its calls go through our connection, so they are slow or away like everything in Redis. */
import Redlock from 'redlock';
import { codeOf } from '../errors.ts';
import type { Keys } from '../hot/keys.ts';
import type { Redis } from '../hot/redis.ts';
import type { DutyLease, LeaseKeeper } from './duty-lease.ts';

type Callback = (error: Error | null, reply?: unknown) => void;

/** What redlock calls: EVALSHA, then EVAL on NOSCRIPT, which it reads off the message of Redis itself. */
class Client {
  readonly #redis: Redis;
  /** The last call found no Redis: the lock is neither ours nor taken. */
  away = false;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  evalsha(hash: string, args: readonly (string | number)[], done: Callback): void {
    this.#call('EVALSHA', [hash, ...args], done);
  }

  eval(args: readonly (string | number)[], done: Callback): void {
    this.#call('EVAL', args, done);
  }

  #call(command: string, args: readonly (string | number)[], done: Callback): void {
    this.#redis.call(command, args).then(
      (reply) => {
        this.away = false;
        done(null, reply);
      },
      (error: Error) => {
        this.away = codeOf(error) === 'redis_away';
        done(error.cause instanceof Error ? error.cause : error);
      },
    );
  }
}

export class RedlockLeases implements LeaseKeeper {
  readonly #client: Client;
  readonly #redlock: Redlock;
  readonly #keys: Keys;

  constructor(redis: Redis, keys: Keys) {
    this.#keys = keys;
    this.#client = new Client(redis);
    this.#redlock = new Redlock([this.#client as unknown as Redlock.CompatibleRedisClient], { retryCount: 0 });
  }

  async acquire(duty: string, leaseMs: number): Promise<DutyLease | 'taken' | 'away'> {
    try {
      const lock = await this.#redlock.lock(this.#keys.duty(duty), leaseMs);
      return {
        keeper: this,
        renew: (ms) =>
          lock.extend(ms).then(
            () => true,
            () => false,
          ),
        release: () =>
          lock.unlock().then(
            () => undefined,
            () => undefined,
          ),
      };
    } catch {
      return this.#client.away ? 'away' : 'taken';
    }
  }
}
