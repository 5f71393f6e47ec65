/**
 * The keys of session tokens: one that signs, and those whose signatures are taken, each under its thumbprint (RFC 7638).
 *
 * A key has one algorithm, whatever a token says: Ed25519 verifies EdDSA alone, P-256 ES256 alone.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { AndonError } from '../errors.ts';

export interface VerifyingKey {
  readonly alg: 'EdDSA' | 'ES256';
  readonly key: KeyObject;
}

export interface TokenKeys {
  readonly kid: string;
  readonly signWith: KeyObject;
  /** By kid; the one that signs is among them. */
  readonly trusted: ReadonlyMap<string, VerifyingKey>;
}

const ALGORITHMS: Readonly<Record<string, VerifyingKey['alg']>> = { Ed25519: 'EdDSA', 'P-256': 'ES256' };
const PEM = /-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/g;

/** In a variable of the environment line breaks may be written as `\n`. */
const unescaped = (text: string): string => text.replaceAll('\\n', '\n');

async function verifying(pem: string): Promise<[string, VerifyingKey]> {
  const key = createPublicKey(pem);
  const jwk = key.export({ format: 'jwk' });
  const alg = ALGORITHMS[jwk.crv ?? ''];
  if (alg === undefined) throw new Error('neither Ed25519 nor P-256');
  return [await calculateJwkThumbprint(jwk as { kty: string }), { alg, key }];
}

const badSetting = (name: string, wanted: string, cause: unknown): AndonError =>
  new AndonError('bad_settings', `${name} must be ${wanted}`, { expose: true, cause });

/** `signing`: Ed25519 private key (PKCS #8 PEM). `others`: PEM blocks one after the other, or nothing. Throws `bad_settings`. */
export async function tokenKeys(signing: string, others = ''): Promise<TokenKeys> {
  const trusted = new Map<string, VerifyingKey>();
  let own: { readonly kid: string; readonly signWith: KeyObject };
  try {
    const signWith = createPrivateKey(unescaped(signing));
    const [kid, key] = await verifying(unescaped(signing));
    if (key.alg !== 'EdDSA') throw new Error('not an Ed25519 key');
    trusted.set(kid, key);
    own = { kid, signWith };
  } catch (cause) {
    throw badSetting('ANDON_TOKEN_KEY', 'an Ed25519 private key (PKCS #8 PEM)', cause);
  }
  try {
    const rest = unescaped(others);
    for (const [pem] of rest.matchAll(PEM)) trusted.set(...(await verifying(pem)));
    if (rest.replace(PEM, '').trim() !== '') throw new Error('there is something besides keys');
  } catch (cause) {
    throw badSetting('ANDON_TOKEN_TRUST', 'public keys, Ed25519 or P-256 (PEM, one after the other)', cause);
  }
  return { ...own, trusted };
}
