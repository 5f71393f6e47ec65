/** Keys of partners, as they are given out and taken back: whoever signs in with one is told in key-holders.ts. */
import { randomUUID } from 'node:crypto';
import { type Queryable, statement } from '../log/statement.ts';
import { type DigestOf, newApiKey } from './api-key.ts';
import { ask } from './ask.ts';

interface KeyRow {
  readonly id: string;
  readonly partner: string;
  readonly partner_id: string;
  readonly scopes: readonly string[];
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

const sqlAdd = statement<{ partner_id: string }>(import.meta.url, 'sql/add-partner-key');
const sqlRevoke = statement<{ id: string }>(import.meta.url, 'sql/revoke-partner-key');
const sqlList = statement<KeyRow>(import.meta.url, 'sql/partner-keys');

export interface NewKey {
  /** Name of the company; made when it is new. */
  readonly partner: string;
  readonly scopes: readonly string[];
  /** Milliseconds since 1970; absent = never. */
  readonly expiresAt?: number;
}

export interface AddedKey {
  /** The key's, to revoke it by. */
  readonly id: string;
  readonly partner: string;
  readonly partnerId: string;
  /** Shown now and never again. */
  readonly apiKey: string;
}

export async function addPartnerKey(pool: Queryable, digestOf: DigestOf, key: NewKey): Promise<AddedKey> {
  const { partner, scopes, expiresAt } = key;
  const [id, apiKey] = [randomUUID(), newApiKey()];
  const end = expiresAt === undefined ? null : new Date(expiresAt);
  const [row] = await ask(pool, sqlAdd, [randomUUID(), partner, id, digestOf(apiKey), scopes, end]);
  if (row === undefined) throw new Error('an insert gave no row');
  return { id, partner, partnerId: row.partner_id, apiKey };
}

/** false: there is no such key. Revoking twice is no fault, the first time counts. */
export async function revokePartnerKey(pool: Queryable, id: string): Promise<boolean> {
  return (await ask(pool, sqlRevoke, [id])).length > 0;
}

/** A key as it may be listed; times RFC 3339. */
export interface ListedKey {
  readonly id: string;
  readonly partner: string;
  readonly partnerId: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

/** All keys, by partner, the oldest first. */
export async function listPartnerKeys(pool: Queryable): Promise<ListedKey[]> {
  const rows = await ask(pool, sqlList, []);
  return rows.map(({ id, partner, partner_id, scopes, created_at, expires_at, revoked_at }) => ({
    id,
    partner,
    partnerId: partner_id,
    scopes,
    createdAt: created_at.toISOString(),
    expiresAt: expires_at?.toISOString() ?? null,
    revokedAt: revoked_at?.toISOString() ?? null,
  }));
}
