/**
 * What a partner's key looks like: `ak_` and 192 random bits. Shown once; kept is its HMAC with a pepper made of our
 * secret, so a stolen table gives nothing to try keys against.
 */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';

const BYTES = 24;
const FORM = /^ak_[\w-]{32}$/;

export const newApiKey = (): string => `ak_${randomBytes(BYTES).toString('base64url')}`;

/** What has another form is no key, whatever the tables say. */
export const looksLikeApiKey = (text: string): boolean => FORM.test(text);

export type DigestOf = (apiKey: string) => Buffer;

/** `secret`: of all nodes the same; with another one every key is void. */
export function digestWith(secret: string): DigestOf {
  const pepper = Buffer.from(hkdfSync('sha256', secret, '', 'andon partner keys', 32));
  return (apiKey) => createHmac('sha256', pepper).update(apiKey).digest();
}
