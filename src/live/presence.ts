/**
 * Who is at a board on this node: noted in Redis, in one sorted set per site (member `<person>|<node>`, score = when, by
 * the clock of Redis), at once when somebody comes and every `beatMs`.
 *
 * - Whoever closes the last socket is taken out after `lingerMs`: a page loaded anew is no absence.
 * - A node that is killed leaves no ghost for longer than `freshMs`; one that drains takes nobody out, because they are on
 *   their way to another.
 * - Presence is advisory: without Redis a node knows only its own.
 */
import { randomUUID } from 'node:crypto';
import type { Keys } from '../hot/keys.ts';
import type { Redis } from '../hot/redis.ts';
import { run } from '../hot/script.ts';
import { SCRIPTS } from '../hot/scripts.ts';
import { type PresenceTimes, presenceTimes } from './presence-times.ts';

export interface PresenceOptions {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly sites: readonly string[];
  readonly graceMs: number;
}

interface Attendee {
  sockets: number;
  /** Runs while nobody knows whether this person comes back. */
  leaving?: NodeJS.Timeout;
}

/** Of a member of a presence set. */
export const personIn = (member: string): string => member.slice(0, member.lastIndexOf('|'));

export class Presence {
  readonly #options: PresenceOptions;
  readonly #times: PresenceTimes;
  readonly #node = randomUUID();
  /** Site → person. */
  readonly #here = new Map<string, Map<string, Attendee>>();
  readonly #timer: NodeJS.Timeout;
  #draining = false;

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#times = presenceTimes(options.graceMs);
    this.#timer = setInterval(() => this.#beat(), this.#times.beatMs).unref();
  }

  /** One more socket of this person. */
  came(person: string, site: string): void {
    const here = this.#here.get(site) ?? new Map<string, Attendee>();
    this.#here.set(site, here);
    const known = here.get(person);
    clearTimeout(known?.leaving);
    here.set(person, { sockets: (known?.sockets ?? 0) + 1 });
    this.#note(site, [person]);
  }

  /** One socket less; called once for every `came`. */
  gone(person: string, site: string): void {
    const known = this.#here.get(site)?.get(person);
    if (known === undefined) return;
    known.sockets -= 1;
    if (known.sockets > 0) return;
    if (this.#draining) this.#here.get(site)?.delete(person);
    else known.leaving = setTimeout(() => this.#leave(person, site), this.#times.lingerMs).unref();
  }

  /** Of these, those who are present at any site. */
  async of(persons: readonly string[]): Promise<ReadonlySet<string>> {
    if (persons.length === 0) return new Set();
    const own = persons.filter((person) => this.#isHere(person));
    const { redis, keys, sites } = this.#options;
    try {
      const found = await Promise.all(
        sites.map((site) => run(redis, SCRIPTS.presenceHere, [keys.presence(site)], [this.#times.freshMs])),
      );
      const present = new Set(found.flat().map(personIn));
      return new Set([...own, ...persons.filter((person) => present.has(person))]);
    } catch {
      return new Set(own);
    }
  }

  /** From now on nobody is taken out: all are asked to come back elsewhere. */
  drain(): void {
    this.#draining = true;
    for (const here of this.#here.values()) for (const { leaving } of here.values()) clearTimeout(leaving);
  }

  close(): void {
    this.drain();
    clearInterval(this.#timer);
  }

  #isHere(person: string): boolean {
    return [...this.#here.values()].some((here) => (here.get(person)?.sockets ?? 0) > 0);
  }

  #leave(person: string, site: string): void {
    const { redis, keys } = this.#options;
    this.#here.get(site)?.delete(person);
    redis.call('ZREM', [keys.presence(site), this.#member(person)]).catch(() => undefined); // the note grows old
  }

  #beat(): void {
    for (const [site, here] of this.#here)
      this.#note(
        site,
        [...here].flatMap(([person, { sockets }]) => (sockets > 0 ? [person] : [])),
      );
  }

  #note(site: string, persons: readonly string[]): void {
    if (persons.length === 0) return;
    const { redis, keys } = this.#options;
    const argv = [this.#times.forgetMs, ...persons.map((person) => this.#member(person))];
    run(redis, SCRIPTS.presenceNote, [keys.presence(site)], argv).catch(() => undefined); // the next beat notes it again
  }

  #member(person: string): string {
    return `${person}|${this.#node}`;
  }
}
