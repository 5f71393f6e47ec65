/**
 * Live changes of single actors for the watchers of this node: one shard channel per watched actor.
 *
 * W1 The subscription is awaited before the log is read, so nothing falls between what was read and what is pushed.
 * W2 Messages may be lost (Redis away, reconnect): positions are compared with the log every `checkMs`, and every
 *    `awayCheckMs` while Redis is away; at once after a reconnect.
 */
import type { Redis } from 'ioredis';
import { Guard, type Told } from './guard.ts';

export interface ActorWatchOptions<T extends Told> {
  /** An own connection: it only subscribes. */
  readonly subscriber: Redis;
  channel(actor: string): string;
  rows(actor: string, since: number): Promise<readonly T[]>;
  /** Newest versions, in the order asked; 0 = none. */
  versions(actors: readonly string[]): Promise<readonly number[]>;
  readonly checkMs: number;
  readonly awayCheckMs: number;
}

/** A subscription that takes longer than this is left to the position checks, milliseconds. */
const SUBSCRIBE_MS = 500;

interface Channel<T extends Told> {
  readonly guards: Set<Guard<T>>;
  readonly subscribed: Promise<unknown>;
}

export class ActorWatch<T extends Told> {
  readonly #options: ActorWatchOptions<T>;
  readonly #channels = new Map<string, Channel<T>>();
  readonly #actors = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: ActorWatchOptions<T>) {
    this.#options = options;
    options.subscriber.on('smessage', (channel: string, message: string) => this.#message(channel, message));
    options.subscriber.on('ready', () => void this.#check());
    this.#plan();
  }

  /** Number of actors watched on this node. */
  get size(): number {
    return this.#channels.size;
  }

  /** A guard that holds messages back until its `open`; give it back with `unwatch`. */
  async watch(actor: string, show: (row: T) => void): Promise<Guard<T>> {
    const guard = new Guard<T>({ show, rows: (since) => this.#options.rows(actor, since) });
    const channel = this.#channels.get(actor) ?? this.#open(actor);
    channel.guards.add(guard);
    await channel.subscribed;
    return guard;
  }

  unwatch(actor: string, guard: Guard<T>): void {
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
      .catch(() => undefined)
      .finally(() => clearTimeout(timer));
    const channel = { guards: new Set<Guard<T>>(), subscribed: Promise.race([asked, late]) };
    this.#channels.set(actor, channel);
    return channel;
  }

  #message(name: string, message: string): void {
    const actor = this.#actors.get(name);
    const guards = actor === undefined ? undefined : this.#channels.get(actor)?.guards;
    if (!guards?.size) return;
    const row = JSON.parse(message) as T;
    for (const guard of guards) guard.take(row);
  }

  #plan(): void {
    if (this.#closed) return;
    const away = this.#options.subscriber.status !== 'ready';
    this.#timer = setTimeout(
      () => void this.#check().finally(() => this.#plan()),
      away ? this.#options.awayCheckMs : this.#options.checkMs,
    );
    this.#timer.unref();
  }

  async #check(): Promise<void> {
    const actors = [...this.#channels.keys()];
    if (actors.length === 0) return;
    try {
      const versions = await this.#options.versions(actors);
      actors.forEach((actor, i) => {
        for (const guard of this.#channels.get(actor)?.guards ?? []) guard.reach(versions[i] ?? 0);
      });
    } catch {
      // Postgres is away: the next check asks again.
    }
  }
}
