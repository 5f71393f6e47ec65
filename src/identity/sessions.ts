/**
 * Sessions: rows in Postgres, Redis keeps what was read.
 *
 * S1 A revocation is committed in Postgres before anything else is told.
 * S2 The mark `ended` in Redis overwrites, a session read from Postgres never does (NX): whoever read it before the
 *    revocation can't bring it back. Redis away at that moment: what it still holds counts until the next look at what
 *    was revoked lately (revocations.ts), a second at most.
 * S3 Redis away: Postgres is asked. Postgres away: what Redis holds counts, all else is `unavailable`, never refused.
 * S4 Who is active is looked up in Postgres once a minute on each node, besides, and then remembered for as long again:
 *    a Postgres that is away for less than CACHE_MS ends nobody's reading. What is found to have ended is marked.
 */
import { randomUUID } from 'node:crypto';
import type { Keys } from '../hot/keys.ts';
import { Tick } from '../hot/tick.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { ask } from './ask.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Person } from './principal.ts';
import type { RedisCommands } from './redis-commands.ts';

/** How long Redis remembers what was read of a session. */
export const CACHE_MS = 600_000;
/** What is remembered is looked up again after this, milliseconds. */
const CHECK_MS = 60_000;
const CHECK_AGAIN_MS = 5_000;
const MOST_CHECKED = 50_000;
const ENDED = 'ended';
/** Longer than any read of before it can be on its way. */
const ENDED_MS = 2 * CACHE_MS;
const TRIES = 5;

interface SessionRow {
  readonly sid: string;
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly site: string | null;
}

const sqlOpen = statement<{ sid: string }>(import.meta.url, 'sql/open-session');
const sqlExtend = statement<{ sid: string }>(import.meta.url, 'sql/extend-session');
const sqlLive = statement<SessionRow>(import.meta.url, 'sql/live-sessions');
const sqlRevoke = statement<{ sid: string }>(import.meta.url, 'sql/revoke-session');
const sqlRevokeAll = statement<{ sid: string }>(import.meta.url, 'sql/revoke-sessions-of');

/** What is known to have ended, whatever Redis says. */
export interface Revoked {
  has(sid: string): boolean;
}

export const personOf = ({ id, tenant, name, roles, site }: Omit<SessionRow, 'sid'>): Person => ({
  id,
  tenant,
  name,
  roles,
  ...(site === null ? {} : { site }),
});

export class Sessions {
  readonly #pool: Queryable;
  readonly #redis: RedisCommands;
  readonly #keys: Keys;
  readonly #revocations: Revoked;
  readonly #asked: Tick<string, Person | undefined>;
  /** By session: until when this process need not look it up again, clock of performance.now(). */
  readonly #checked = new BoundedMap<string, number>(MOST_CHECKED);

  constructor(pool: Queryable, redis: RedisCommands, keys: Keys, revocations: Revoked) {
    this.#pool = pool;
    this.#redis = redis;
    this.#keys = keys;
    this.#revocations = revocations;
    this.#asked = new Tick({ mostItems: 500, mostSize: 500, size: () => 1, run: (sids) => this.#look(sids) });
  }

  /** Who a session belongs to; undefined = unknown, ended or revoked. All asked in one tick are looked up together. */
  look(sid: string): Promise<Person | undefined> {
    return this.#asked.add(sid);
  }

  /** `hash`: of the password that was found to fit. undefined: it is another one by now, or the user is disabled. */
  async open(person: Person, hash: string, expiresAt: number): Promise<string | undefined> {
    const sid = randomUUID();
    const opened = await ask(this.#pool, sqlOpen, [sid, person.id, new Date(expiresAt), hash]);
    if (opened.length === 0) return undefined;
    void this.#remember(sid, person);
    return sid;
  }

  /** false: it was revoked. */
  async extend(sid: string, expiresAt: number): Promise<boolean> {
    const rows = await ask(this.#pool, sqlExtend, [sid, new Date(expiresAt)]);
    return rows.length > 0;
  }

  async revoke(sid: string): Promise<void> {
    await ask(this.#pool, sqlRevoke, [sid]);
    await this.#end(sid);
  }

  /** All of a user's, on every node. Returns how many ended now. */
  async revokeAllOf(user: string): Promise<number> {
    const ended = await ask(this.#pool, sqlRevokeAll, [user]);
    for (const { sid } of ended) await this.#end(sid);
    return ended.length;
  }

  async #look(sids: readonly string[]): Promise<readonly (Person | undefined)[]> {
    const found = new Map<string, Person>();
    const missing = await this.#fromRedis([...new Set(sids)], found);
    const rows = missing.length === 0 ? [] : await ask(this.#pool, sqlLive, [missing]);
    for (const row of rows) {
      const person = personOf(row);
      found.set(row.sid, person);
      this.#checked.set(row.sid, performance.now() + CHECK_MS);
      void this.#remember(row.sid, person);
    }
    const old = [...found.keys()].filter((sid) => (this.#checked.get(sid) ?? 0) < performance.now());
    if (old.length > 0) void this.#check(old);
    return sids.map((sid) => (this.#revocations.has(sid) ? undefined : found.get(sid)));
  }

  /** Fills `found`; returns the sids that Redis says nothing about. */
  async #fromRedis(sids: readonly string[], found: Map<string, Person>): Promise<readonly string[]> {
    let cached: unknown;
    try {
      cached = await this.#redis.call(
        'MGET',
        sids.map((sid) => this.#keys.session(sid)),
      );
    } catch {
      return sids; // S3
    }
    const values: readonly unknown[] = Array.isArray(cached) ? cached : [];
    return sids.filter((sid, n) => {
      const value = values[n];
      if (typeof value !== 'string') return true;
      if (value !== ENDED) found.set(sid, JSON.parse(value) as Person);
      return false;
    });
  }

  /** S4. The time of what Redis remembers is prolonged, never its value: a mark stays a mark. */
  async #check(sids: readonly string[]): Promise<void> {
    for (const sid of sids) this.#checked.set(sid, performance.now() + CHECK_MS); // one asks, not all
    try {
      const live = new Set((await ask(this.#pool, sqlLive, [sids])).map(({ sid }) => sid));
      for (const sid of sids)
        await (live.has(sid) ? this.#redis.call('PEXPIRE', [this.#keys.session(sid), CACHE_MS]) : this.#end(sid));
    } catch {
      // Away: S3, and asked again soon, but not with every look.
      for (const sid of sids) this.#checked.set(sid, performance.now() + CHECK_AGAIN_MS);
    }
  }

  async #remember(sid: string, person: Person): Promise<void> {
    await this.#redis
      .call('SET', [this.#keys.session(sid), JSON.stringify(person), 'PX', CACHE_MS, 'NX'])
      .catch(() => undefined); // S3
  }

  async #end(sid: string): Promise<void> {
    for (let left = TRIES; left > 0; left--) {
      try {
        await this.#redis.call('SET', [this.#keys.session(sid), ENDED, 'PX', ENDED_MS]);
        await this.#redis.call('PUBLISH', [this.#keys.sessionsEnded(), sid]);
        return;
      } catch {
        // S2; a slow Redis often answers the next time.
      }
    }
  }
}
