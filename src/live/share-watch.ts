/**
 * Ends what guests follow by links that were revoked: at once by a message of Redis, and as a message may be lost, every
 * CHECK_MS by what the database says was revoked lately. That question costs the same however many guests there are.
 */
import type { Redis } from 'ioredis';

export interface ShareWatchOptions {
  /** May be shared with others who only subscribe; they close it. */
  readonly subscriber: Redis;
  /** Each message is a JSON list of the hashes of links that were revoked. */
  readonly channel: string;
  /** Hashes of the links revoked within the last `seconds`. Rejects when it can't be known now. */
  revokedWithin(seconds: number): Promise<readonly string[]>;
  /** Told of each message. */
  revoked(hashes: readonly string[]): void;
}

const CHECK_MS = 1_000;
/** Longer than it takes to look a link up and to commit a revocation: so far the checks overlap. */
const OVERLAP_SECONDS = 15;

export class ShareWatch {
  readonly #options: ShareWatchOptions;
  readonly #ends = new Map<string, Set<() => void>>();
  readonly #timer: NodeJS.Timeout;
  readonly #ready = (): void => this.#subscribe();
  readonly #message = (channel: string, text: string): void => {
    if (channel !== this.#options.channel) return;
    const hashes = JSON.parse(text) as readonly string[]; // written by this product's own nodes
    this.#options.revoked(hashes);
    this.#end(hashes);
  };
  #checkedAt = performance.now();
  #checking = false;

  constructor(options: ShareWatchOptions) {
    this.#options = options;
    const { subscriber } = options;
    subscriber.on('message', this.#message);
    subscriber.on('ready', this.#ready);
    if (subscriber.status === 'ready') this.#subscribe();
    this.#timer = setInterval(() => void this.#check(), CHECK_MS).unref();
  }

  /** Calls `end` once the link is revoked; returns how to give that up. */
  add(hash: string, end: () => void): () => void {
    const ends = this.#ends.get(hash) ?? new Set();
    this.#ends.set(hash, ends.add(end));
    return () => {
      ends.delete(end);
      if (ends.size === 0 && this.#ends.get(hash) === ends) this.#ends.delete(hash);
    };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#options.subscriber.off('message', this.#message);
    this.#options.subscriber.off('ready', this.#ready);
  }

  #subscribe(): void {
    this.#options.subscriber.subscribe(this.#options.channel).catch(() => undefined); // broke again: the next `ready`
  }

  #end(hashes: readonly string[]): void {
    for (const hash of hashes) for (const end of [...(this.#ends.get(hash) ?? [])]) end();
  }

  async #check(): Promise<void> {
    if (this.#checking) return;
    const startedAt = performance.now();
    this.#checking = true;
    try {
      const seconds = (startedAt - this.#checkedAt) / 1_000 + OVERLAP_SECONDS;
      if (this.#ends.size > 0) this.#end(await this.#options.revokedWithin(seconds));
      this.#checkedAt = startedAt;
    } catch {
      // Can't be known now: the next check reaches back farther.
    } finally {
      this.#checking = false;
    }
  }
}
