/**
 * How much each partner may ask, counted in Redis for all nodes; while Redis is away each node counts for itself.
 *
 * Q1 Every answer says where its caller stands: `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers).
 * Q2 Windows are fixed: from its first request on a window lasts its time and then begins anew, whatever came meanwhile.
 *    So Retry-After is true: after it the same request is let through, if others of the partner leave room for it.
 * Q3 What one partner asks counts against nobody else.
 */
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AndonError } from '../errors.ts';
import type { RedisCommands } from '../identity/redis-commands.ts';
import type { Tell } from './route.ts';

export interface Policy {
  readonly points: number;
  readonly seconds: number;
}

export interface QuotaOptions {
  readonly redis: RedisCommands;
  /** What the names of the counters of one policy begin with. */
  prefix(policy: string): string;
  /** Besides, as many again within BURST_SECONDS. */
  readonly requests: Policy;
  readonly orders: Policy;
}

const BURST_SECONDS = 10;

interface Counter {
  consume(key: string, points: number): Promise<RateLimiterRes>;
}

/** What the package asks of an ioredis client, over the connection that has our time limit and breaker. */
function storeOver(redis: RedisCommands) {
  let script = '';
  return {
    defineCommand(_name: string, { lua }: { readonly lua: string }): void {
      script = lua;
    },
    rlflxIncr: ([key = '', ...args]: readonly string[]): Promise<unknown> =>
      redis.call('EVAL', [script, 1, key, ...args]),
  };
}

export class Quota {
  readonly #policies: string;
  readonly #requests: Counter;
  readonly #orders: RateLimiterRedis;
  readonly #options: QuotaOptions;

  constructor(options: QuotaOptions) {
    this.#options = options;
    const { redis, prefix, requests, orders } = options;
    const store = storeOver(redis);
    const counter = (name: string, { points, seconds: duration }: Policy): RateLimiterRedis => {
      const limits = { points, duration, keyPrefix: prefix(name) };
      return new RateLimiterRedis({ ...limits, storeClient: store, insuranceLimiter: new RateLimiterMemory(limits) });
    };
    const burst = counter('burst', { points: requests.points, seconds: BURST_SECONDS });
    this.#requests = new BurstyRateLimiter(counter('requests', requests), burst);
    this.#orders = counter('orders', orders);
    const shown = (name: string, { points, seconds }: Policy) => `"${name}";q=${points};w=${seconds}`;
    this.#policies = `${shown('requests', requests)}, ${shown('orders', orders)}`;
  }

  /** Throws `too_many {limit}`. */
  async request(partner: string, tell: Tell): Promise<void> {
    tell('RateLimit-Policy', this.#policies);
    await this.#take(this.#requests, 'requests', this.#options.requests, partner, 1, tell);
  }

  /** `count` orders, all or none of them: what is refused is not counted. Throws `too_many {limit}`. */
  order(partner: string, count: number, tell: Tell): Promise<void> {
    const orders = this.#orders;
    const whole: Counter = {
      consume: (key, points) =>
        orders.consume(key, points).catch(async (refused: unknown) => {
          if (refused instanceof RateLimiterRes) throw await orders.reward(key, points);
          throw refused;
        }),
    };
    return this.#take(whole, 'orders', this.#options.orders, partner, count, tell);
  }

  async #take(counter: Counter, name: string, policy: Policy, partner: string, count: number, tell: Tell) {
    const [refused, result] = await counter.consume(partner, count).then(
      (res) => [false, res] as const,
      (thrown: unknown) => {
        if (thrown instanceof RateLimiterRes) return [true, thrown] as const;
        throw thrown;
      },
    );
    const seconds = Math.max(1, Math.ceil(result.msBeforeNext / 1_000));
    tell('RateLimit', `"${name}";r=${result.remainingPoints};t=${seconds}`);
    if (!refused) return;
    throw new AndonError('too_many', `more than ${policy.points} ${name} in ${policy.seconds} s`, {
      retry: 'later',
      expose: true,
      details: { limit: policy.points, quota: name, retryAfterSeconds: seconds },
    });
  }
}
