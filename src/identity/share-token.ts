/**
 * The token of a guest link: 256 bits that nobody can guess, and what is stored of it.
 *
 * With an idempotency key the token is made of the key, so a repeat gets the same one from any node and nothing has to
 * be kept to answer it; without our secret the key gives nothing.
 */
import { createHmac, randomBytes } from 'node:crypto';

export interface ShareAsked {
  readonly tenant: string;
  /** Who makes the link. */
  readonly person: string;
  readonly order: string;
  readonly key: string | undefined;
}

const keyed = (secret: string, purpose: string, text: string): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([purpose, text]))
    .digest('base64url');

export function shareToken(secret: string, { tenant, person, order, key }: ShareAsked): string {
  if (key === undefined) return randomBytes(32).toString('base64url');
  return keyed(secret, 'share token', JSON.stringify([tenant, person, order, key]));
}

/** Could this be a token of ours at all? */
export const looksLikeToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

export const shareHash = (secret: string, token: string): string => keyed(secret, 'share hash', token);
