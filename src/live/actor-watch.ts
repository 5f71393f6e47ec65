/**
 * Live changes of single actors for the watchers of this node: one shard channel per watched actor.
 *
 * W1 The subscription is awaited before the log is read, so nothing falls between what was read and what is pushed.
 * W2 Messages may be lost (Redis away, reconnect): positions are compared with the log every `checkMs`, every
 *    `awayCheckMs` while Redis is away or silent, and at once when all channels are subscribed again.
 * W3 Many who missed the same of one actor cost one reading: it is given again for a moment. What the channel said since
 *    it was read is known by its newest version, so whoever came after that message is told too.
 */
import type { Redis } from 'ioredis';
import { Guard, type Told } from './guard.ts';
import { answersWithin } from './ping.ts';
import { ReadOnce } from './read-once.ts';

export interface ActorWatchOptions<T extends Told> {
  /** An own connection: it only subscribes. */
  readonly subscriber: Redis;
  channel(actor: string): string;
  /** A message of a channel, as this product's own turns write it. */
  heard(message: string): T;
  /** What is known after a version, ascending; maybe not all at once. */
  rows(actor: string, since: number): Promise<readonly T[]>;
  /** Newest versions, in the order asked; 0 = none. */
  versions(actors: readonly string[]): Promise<readonly number[]>;
  readonly checkMs: number;
  readonly awayCheckMs: number;
}

/** A subscription that takes longer than this is left to the position checks, milliseconds. */
const SUBSCRIBE_MS = 500;
/** What was missed is given again for so long: those of a node that died come back within a second. */
const MISSED_MS = 1_000;
/** Of one actor so many different ones: who missed more than others reads alone. */
const MISSED_KINDS = 4;

interface Channel<T extends Told> {
  readonly guards: Set<Guard<T>>;
  /** By the version after which it was missed. */
  readonly missed: ReadOnce<readonly T[]>;
  /** That the channel, or the log, has told of. */
  newest: number;
  readonly subscribed: Promise<unknown>;
}

export class ActorWatch<T extends Told> {
  readonly #options: ActorWatchOptions<T>;
  readonly #channels = new Map<string, Channel<T>>();
  /** Channel name → actor. */
  readonly #actors = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #checkedAt = performance.now();
  #away = false;
  #closed = false;

  constructor(options: ActorWatchOptions<T>) {
    this.#options = options;
    options.subscriber.on('smessage', (channel: string, message: string) => this.#message(channel, message));
    options.subscriber.on('ready', () => void this.#subscribeAgain());
    this.#plan();
  }

  /** Number of actors watched on this node. */
  get size(): number {
    return this.#channels.size;
  }

  /** A guard that holds messages back until its `open`; give it back with `unwatch`. `show` as in `GuardDeps`. */
  async watch(actor: string, show: (row: T) => boolean): Promise<Guard<T>> {
    const guard = new Guard<T>({ show, rows: (since) => this.#options.rows(actor, since) });
    const channel = this.#channels.get(actor) ?? this.#open(actor);
    channel.guards.add(guard);
    await channel.subscribed;
    return guard;
  }

  /** All after a version, ascending, for whoever watches it. */
  missed(actor: string, since: number): Promise<readonly T[]> {
    const read = (): Promise<readonly T[]> => this.#options.rows(actor, since);
    const once = this.#channels.get(actor)?.missed;
    const name = String(since);
    return once !== undefined && (once.size < MISSED_KINDS || once.has(name)) ? once.ask(name, read) : read();
  }

  /** The guard's watcher has everything up to `version`. */
  open(actor: string, guard: Guard<T>, version: number): void {
    guard.open(version);
    guard.reach(this.#channels.get(actor)?.newest ?? 0);
  }

  unwatch(actor: string, guard: Guard<T>): void {
    guard.close();
    const channel = this.#channels.get(actor);
    if (!channel?.guards.delete(guard) || channel.guards.size > 0) return;
    const name = this.#options.channel(actor);
    this.#channels.delete(actor);
    this.#actors.delete(name);
    this.#options.subscriber.sunsubscribe(name).catch(() => undefined);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#options.subscriber.disconnect();
  }

  #open(actor: string): Channel<T> {
    const name = this.#options.channel(actor);
    this.#actors.set(name, actor);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, SUBSCRIBE_MS);
    const asked = this.#options.subscriber
      .ssubscribe(name)
      .catch(() => undefined) // not connected: `ready` subscribes
      .finally(() => clearTimeout(timer));
    const channel: Channel<T> = {
      guards: new Set(),
      missed: new ReadOnce(MISSED_MS),
      newest: 0,
      subscribed: Promise.race([asked, late]),
    };
    this.#channels.set(actor, channel);
    return channel;
  }

  #message(name: string, message: string): void {
    const actor = this.#actors.get(name);
    const channel = actor === undefined ? undefined : this.#channels.get(actor);
    if (channel === undefined) return;
    const row = this.#options.heard(message);
    channel.newest = Math.max(channel.newest, row.version);
    for (const guard of channel.guards) guard.take(row);
  }

  async #subscribeAgain(): Promise<void> {
    const names = [...this.#actors.keys()];
    try {
      await Promise.all(names.map((name) => this.#options.subscriber.ssubscribe(name)));
    } catch {
      return; // broke again: the next `ready` comes
    }
    await this.#check();
  }

  #plan(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#look().finally(() => this.#plan()), this.#options.awayCheckMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const wasAway = this.#away;
    this.#away = this.#channels.size > 0 && !(await answersWithin(this.#options.subscriber, SUBSCRIBE_MS));
    const due = performance.now() - this.#checkedAt >= this.#options.checkMs;
    if (this.#away || wasAway || due) await this.#check();
  }

  async #check(): Promise<void> {
    const actors = [...this.#channels.keys()];
    this.#checkedAt = performance.now();
    if (actors.length === 0) return;
    try {
      const versions = await this.#options.versions(actors);
      actors.forEach((actor, i) => {
        const channel = this.#channels.get(actor);
        const version = versions[i] ?? 0;
        if (channel === undefined) return;
        channel.newest = Math.max(channel.newest, version); // also for those who are not open yet
        for (const guard of channel.guards) guard.reach(version);
      });
    } catch {
      // Postgres is away: the next check asks again.
    }
  }
}
