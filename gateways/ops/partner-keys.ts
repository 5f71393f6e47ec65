/** What the launcher asks for about partners: keys made, taken back, listed. */
import { AndonError } from '../../src/errors.ts';
import type { DigestOf } from '../../src/identity/api-key.ts';
import {
  type AddedKey,
  addPartnerKey,
  type ListedKey,
  listPartnerKeys,
  revokePartnerKey,
} from '../../src/identity/partner-keys.ts';
import type { Queryable } from '../../src/log/statement.ts';
import { isScope, SCOPES } from '../contract/scopes.ts';

/** `scopes` absent: all there are; `days` absent: it does not expire. */
export type KeyRequest =
  | { readonly do: 'add-key'; readonly partner: string; readonly scopes?: readonly string[]; readonly days?: number }
  | { readonly do: 'revoke-key'; readonly id: string }
  | { readonly do: 'list-keys' };

export type KeyAnswer = AddedKey | { readonly id: string; readonly revoked: true } | readonly ListedKey[];

export interface KeyTools {
  readonly pool: Queryable;
  readonly digestOf: DigestOf;
}

const DAY_MS = 86_400_000;

const invalid = (text: string): AndonError => new AndonError('invalid', text, { expose: true });

/** Throws `invalid`. */
export async function keyAdmin({ pool, digestOf }: KeyTools, request: KeyRequest): Promise<KeyAnswer> {
  switch (request.do) {
    case 'add-key': {
      const { partner, scopes = SCOPES, days } = request;
      const unknown = scopes.find((scope) => !isScope(scope));
      if (unknown !== undefined) throw invalid(`there is no scope ${unknown}; scopes are ${SCOPES.join(', ')}`);
      const end = days === undefined ? {} : { expiresAt: Date.now() + days * DAY_MS };
      return addPartnerKey(pool, digestOf, { partner, scopes: [...new Set(scopes)], ...end });
    }
    case 'revoke-key':
      if (!(await revokePartnerKey(pool, request.id))) throw invalid(`there is no key ${request.id}`);
      return { id: request.id, revoked: true };
    case 'list-keys':
      return listPartnerKeys(pool);
  }
}
