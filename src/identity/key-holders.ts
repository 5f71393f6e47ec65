/**
 * Who signs in with a partner's key.
 *
 * K1 A revoked key is taken for CACHE_MS at most after its revocation was committed: what is known of a key counts from
 *    the moment before Postgres was asked.
 * K2 A key that is unknown stays so for UNKNOWN_MS: nobody can hold a key before it was made. So a wrong key that comes
 *    in again and again costs nothing; many different ones cost one statement for all of one tick.
 * K3 Postgres away and nothing known: `unavailable`, never `unauthenticated`.
 */
import { Tick } from '../hot/tick.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { type DigestOf, looksLikeApiKey } from './api-key.ts';
import { ask } from './ask.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Principal } from './principal.ts';
import { unauthenticated } from './tokens.ts';

const CACHE_MS = 1_000;
const UNKNOWN_MS = 10_000;
const REMEMBERED = 10_000;
/** The end of a key that has none: the last moment a Date can say. */
const NEVER_MS = 8.64e15;

interface LiveKey {
  readonly digest: Buffer;
  readonly id: string;
  readonly scopes: readonly string[];
  readonly expires_at: Date | null;
  readonly partner_id: string;
  readonly partner: string;
}

interface Entry {
  readonly holder: Promise<Principal | undefined>;
  /** Clock of performance.now(). */
  freshUntil: number;
}

const sqlLive = statement<LiveKey>(import.meta.url, 'sql/live-partner-keys');

export interface KeyHoldersOptions {
  readonly pool: Queryable;
  readonly digestOf: DigestOf;
  /** The role of whoever has a key. */
  readonly role: string;
}

export class KeyHolders {
  readonly #options: KeyHoldersOptions;
  readonly #entries = new BoundedMap<string, Entry>(REMEMBERED);
  readonly #asked: Tick<Buffer, Principal | undefined>;

  constructor(options: KeyHoldersOptions) {
    this.#options = options;
    this.#asked = new Tick({ mostItems: 500, mostSize: 500, size: () => 1, run: (digests) => this.#read(digests) });
  }

  /** Throws `unauthenticated`. */
  async holderOf(apiKey: string): Promise<Principal> {
    if (!looksLikeApiKey(apiKey)) throw unauthenticated('this needs a key of a partner');
    const digest = this.#options.digestOf(apiKey);
    const holder = await this.#entry(digest).holder;
    if (holder === undefined || holder.expiresAt <= Date.now()) throw unauthenticated('the key is not valid');
    return holder;
  }

  #entry(digest: Buffer): Entry {
    const name = digest.toString('base64url');
    const now = performance.now();
    const known = this.#entries.get(name);
    if (known !== undefined && known.freshUntil > now) return known;
    const holder = this.#asked.add(digest);
    const entry: Entry = { holder, freshUntil: now + CACHE_MS };
    this.#entries.set(name, entry);
    holder.then(
      (found) => {
        if (found === undefined) entry.freshUntil = now + UNKNOWN_MS;
      },
      () => {
        entry.freshUntil = 0; // K3: asked again at once
      },
    );
    return entry;
  }

  async #read(digests: readonly Buffer[]): Promise<readonly (Principal | undefined)[]> {
    const rows = await ask(this.#options.pool, sqlLive, [digests]);
    const holders = new Map(rows.map((row) => [row.digest.toString('base64url'), this.#holder(row)]));
    return digests.map((digest) => holders.get(digest.toString('base64url')));
  }

  /** Of all keys of a partner the same, so that repeats survive a change of key. */
  #holder({ id, scopes, expires_at, partner_id, partner }: LiveKey): Principal {
    return {
      id: partner_id,
      name: partner,
      roles: [this.#options.role],
      tenant: partner_id,
      sid: id,
      expiresAt: expires_at?.getTime() ?? NEVER_MS,
      scopes,
    };
  }
}
