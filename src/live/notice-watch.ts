/**
 * Notices for the persons at this node's sockets: one shard channel per person, and per role and site they answer for.
 *
 * A1 Advisory: nothing is kept for who is away, and what is lost with a connection is not told again.
 * A2 A notice reaches a person once on this node, however many channels bring it and however often its row is mended
 *    into Redis. One older than LATE_MS, as a rebuild brings them, reaches nobody.
 * A3 Nobody is told what he did himself.
 * A4 A line that can't keep up is told when it can again, if it is not too late by then; of many only the newest.
 */
import type { Redis } from 'ioredis';
import type { ToldNotice } from '../runtime/apply.ts';
import type { Line } from './line.ts';

export interface NoticeWatchOptions<L extends Listener> {
  /** An own connection: it only subscribes. */
  readonly subscriber: Pick<Redis, 'on' | 'ssubscribe' | 'sunsubscribe' | 'disconnect'>;
  tell(line: L, notice: ToldNotice): void;
  /** Milliseconds since 1970; rows carry the time of the node that decided them. */
  now(): number;
}

type Listener = Pick<Line, 'principal' | 'slow' | 'whenDrained'>;

interface Person<L> {
  readonly lines: Set<L>;
  readonly channels: readonly string[];
}

const LATE_MS = 60_000;
/** For one line that can't keep up. */
const MOST_WAITING = 16;

export class NoticeWatch<L extends Listener> {
  readonly #options: NoticeWatchOptions<L>;
  readonly #persons = new Map<string, Person<L>>();
  /** Channel → persons who listen to it. */
  readonly #channels = new Map<string, Set<string>>();
  /** What was told to whom → until when a repeat may come, oldest first. */
  readonly #told = new Map<string, number>();
  /** Of lines that can't keep up, oldest first. */
  readonly #waiting = new WeakMap<L, ToldNotice[]>();

  constructor(options: NoticeWatchOptions<L>) {
    this.#options = options;
    options.subscriber.on('smessage', (channel: string, message: string) => this.#message(channel, message));
    options.subscriber.on('ready', () => this.#subscribe(...this.#channels.keys()));
  }

  /** All sockets of a person listen to the channels of the first one on this node. Guests hear nothing. */
  came(line: L, channels: readonly string[]): void {
    const id = line.principal?.id;
    if (id === undefined) return;
    const person = this.#persons.get(id);
    if (person !== undefined) {
      person.lines.add(line);
      return;
    }
    this.#persons.set(id, { lines: new Set([line]), channels });
    for (const channel of channels) this.#join(channel, id);
  }

  gone(line: L): void {
    const id = line.principal?.id ?? '';
    const person = this.#persons.get(id);
    if (!person?.lines.delete(line) || person.lines.size > 0) return;
    this.#persons.delete(id);
    for (const channel of person.channels) this.#leave(channel, id);
  }

  close(): void {
    this.#options.subscriber.disconnect();
  }

  #join(channel: string, id: string): void {
    const persons = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, persons.add(id));
    if (persons.size === 1) this.#subscribe(channel);
  }

  #leave(channel: string, id: string): void {
    const persons = this.#channels.get(channel);
    if (!persons?.delete(id) || persons.size > 0) return;
    this.#channels.delete(channel);
    this.#options.subscriber.sunsubscribe(channel).catch(() => undefined);
  }

  /** One by one: on a cluster they are in different slots. Not connected: `ready` subscribes. */
  #subscribe(...channels: readonly string[]): void {
    for (const channel of channels) this.#options.subscriber.ssubscribe(channel).catch(() => undefined);
  }

  #message(channel: string, message: string): void {
    const notice = JSON.parse(message) as ToldNotice; // written by this product's own turns
    const now = this.#options.now();
    if (isLate(notice, now)) return;
    this.#forget(now);
    for (const id of this.#channels.get(channel) ?? [])
      if (id !== notice.by && this.#isNew(id, notice, now))
        for (const line of this.#persons.get(id)?.lines ?? []) this.#tell(line, notice);
  }

  #tell(line: L, notice: ToldNotice): void {
    const before = this.#waiting.get(line);
    if (before !== undefined) {
      before.push(notice);
      if (before.length > MOST_WAITING) before.shift();
      return;
    }
    if (!line.slow) {
      this.#options.tell(line, notice);
      return;
    }
    this.#waiting.set(line, [notice]);
    line.whenDrained(() => {
      const waiting = this.#waiting.get(line) ?? [];
      this.#waiting.delete(line);
      const now = this.#options.now();
      for (const one of waiting) if (!isLate(one, now)) this.#options.tell(line, one);
    });
  }

  #isNew(id: string, { actor, version, kind, at }: ToldNotice, now: number): boolean {
    const key = `${id} ${actor} ${version} ${kind}`;
    if (this.#told.has(key)) return false;
    // The clock of the node that decided may be ahead of ours.
    this.#told.set(key, Math.max(now, Date.parse(at)) + LATE_MS);
    return true;
  }

  #forget(now: number): void {
    for (const [key, until] of this.#told) {
      if (until >= now) return;
      this.#told.delete(key);
    }
  }
}

const isLate = ({ at }: ToldNotice, now: number): boolean => now - Date.parse(at) > LATE_MS;
