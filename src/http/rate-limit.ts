/** So many requests a second for each caller, with bursts up to one second's worth. Counted per node; dear ones count as several. */
const MOST_CALLERS = 50_000;

interface Bucket {
  tokens: number;
  at: number;
}

export class RateLimit {
  readonly perSecond: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.perSecond = perSecond;
    this.#now = now;
  }

  /** false = too many. `cost`: as how many it counts; what costs more than a second's worth can still be had, once a second. */
  take(caller: string, cost = 1): boolean {
    const price = Math.min(cost, this.perSecond);
    const now = this.#now();
    const bucket = this.#buckets.get(caller) ?? this.#add(caller, now);
    bucket.tokens = Math.min(this.perSecond, bucket.tokens + ((now - bucket.at) / 1_000) * this.perSecond);
    bucket.at = now;
    if (bucket.tokens < price) return false;
    bucket.tokens -= price;
    return true;
  }

  #add(caller: string, now: number): Bucket {
    if (this.#buckets.size >= MOST_CALLERS) this.#forgetFull(now);
    const bucket: Bucket = { tokens: this.perSecond, at: now };
    this.#buckets.set(caller, bucket);
    return bucket;
  }

  /** Whoever sent nothing for a second has a full bucket, like a newcomer. */
  #forgetFull(now: number): void {
    for (const [caller, { at }] of this.#buckets) if (now - at >= 1_000) this.#buckets.delete(caller);
  }
}
