/**
 * Guest links of orders: whoever shows the token may read one order, without a session, until the link is revoked.
 *
 * G1 Stored is a keyed hash: who reads the table has no link.
 * G2 A revoked link never comes back, not even by a repeat of the request that made it.
 * G3 What was looked up counts for FRESH_MS on that node, so a revocation holds everywhere after that time, whether or
 *    not its message arrives. That a link is unknown is never kept: it may have just been made on another node.
 */
import { AndonError } from '../errors.ts';
import type { Keys } from '../hot/keys.ts';
import { Tick } from '../hot/tick.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { ask } from './ask.ts';
import { BoundedMap } from './bounded-map.ts';
import type { RedisCommands } from './redis-commands.ts';
import { looksLikeToken, type ShareAsked, shareHash, shareToken } from './share-token.ts';

const FRESH_MS = 1_000;
const REMEMBERED = 20_000;
/** Of one order, revoked ones included: the table can't be filled by asking. */
const MOST_LINKS = 100;

export interface Share {
  readonly hash: string;
  readonly order: string;
}

interface Looked {
  readonly order: string;
  readonly until: number;
}

const sqlAdd = statement<{ made: boolean; known: boolean; links: number }>(import.meta.url, 'sql/add-share');
const sqlRevoke = statement<{ hash: string }>(import.meta.url, 'sql/revoke-shares');
const sqlLive = statement<{ hash: string; order_id: string }>(import.meta.url, 'sql/live-shares');
const sqlRevoked = statement<{ hash: string }>(import.meta.url, 'sql/revoked-shares');

export interface SharesOptions {
  readonly pool: Queryable;
  readonly redis: RedisCommands;
  readonly keys: Pick<Keys, 'sharesEnded'>;
  readonly secret: string;
}

export class Shares {
  readonly #options: SharesOptions;
  readonly #fresh = new BoundedMap<string, Looked>(REMEMBERED);
  readonly #asked: Tick<string, string | undefined>;

  constructor(options: SharesOptions) {
    this.#options = options;
    this.#asked = new Tick({ mostItems: 500, mostSize: 500, size: () => 1, run: (hashes) => this.#read(hashes) });
  }

  /** A new link, or with the same key the same one again. Throws `too_many {limit}`, `unavailable`. */
  async issue(asked: ShareAsked): Promise<{ readonly token: string; readonly replay: boolean }> {
    const { pool, secret } = this.#options;
    const token = shareToken(secret, asked);
    const [row] = await ask(pool, sqlAdd, [shareHash(secret, token), asked.order, asked.person, MOST_LINKS]);
    const made = row?.made === true;
    if (!made && row?.known !== true && (row?.links ?? 0) >= MOST_LINKS)
      throw new AndonError('too_many', 'too many links were made for this order', {
        expose: true,
        details: { limit: MOST_LINKS },
      });
    return { token, replay: !made };
  }

  /** All links of an order. Throws `unavailable`; what it did then holds all the same. */
  async revoke(order: string): Promise<void> {
    const { pool, redis, keys } = this.#options;
    const hashes = (await ask(pool, sqlRevoke, [order])).map(({ hash }) => hash);
    if (hashes.length === 0) return;
    this.forget(hashes);
    // Lost, or Redis away: G3, and the checks of share-watch.ts.
    await redis.call('PUBLISH', [keys.sharesEnded(), JSON.stringify(hashes)]).catch(() => undefined);
  }

  /** What a token opens; undefined = nothing, or nothing any more. Throws `unavailable`. */
  async look(token: string): Promise<Share | undefined> {
    if (!looksLikeToken(token)) return undefined;
    const hash = shareHash(this.#options.secret, token);
    const kept = this.#fresh.get(hash);
    const order = kept !== undefined && kept.until > performance.now() ? kept.order : await this.#asked.add(hash);
    return order === undefined ? undefined : { hash, order };
  }

  /** Hashes of the links revoked within the last `seconds`. Throws `unavailable`. */
  async revokedWithin(seconds: number): Promise<readonly string[]> {
    return (await ask(this.#options.pool, sqlRevoked, [seconds])).map(({ hash }) => hash);
  }

  /** Somebody revoked these. */
  forget(hashes: readonly string[]): void {
    for (const hash of hashes) this.#fresh.delete(hash);
  }

  async #read(hashes: readonly string[]): Promise<readonly (string | undefined)[]> {
    const until = performance.now() + FRESH_MS;
    const rows = await ask(this.#options.pool, sqlLive, [[...new Set(hashes)]]);
    const orders = new Map(rows.map(({ hash, order_id }) => [hash, order_id]));
    for (const [hash, order] of orders) this.#fresh.set(hash, { order, until });
    return hashes.map((hash) => orders.get(hash));
  }
}
