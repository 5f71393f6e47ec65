/**
 * Session tokens: JWT signed with Ed25519, nothing else is taken.
 *
 * T1 The algorithm and the key are ours to choose: `alg` must be EdDSA and `kid` one of our keys, whatever a token says.
 * T2 What is remembered of a token is that its signature is right. Whether its session still lives is asked each time.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, importJWK, importPKCS8, jwtVerify, SignJWT } from 'jose';
import { AndonError } from '../errors.ts';
import { BoundedMap } from './bounded-map.ts';

const ALG = 'EdDSA';
const REMEMBERED = 20_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Key = Awaited<ReturnType<typeof importPKCS8>>;
type PublicKey = Awaited<ReturnType<typeof importJWK>>;

export interface Claims {
  readonly sub: string;
  readonly sid: string;
  /** Milliseconds since 1970, a whole second. */
  readonly expiresAt: number;
}

export const unauthenticated = (why: string, cause?: unknown): AndonError =>
  new AndonError('unauthenticated', why, { expose: true, cause });

export class Tokens {
  readonly #kid: string;
  readonly #signWith: Key;
  readonly #trusted: ReadonlyMap<string, PublicKey>;
  readonly #right = new BoundedMap<string, Claims>(REMEMBERED);

  private constructor(kid: string, signWith: Key, trusted: ReadonlyMap<string, PublicKey>) {
    this.#kid = kid;
    this.#signWith = signWith;
    this.#trusted = trusted;
  }

  /** `pem`: Ed25519 private key, PKCS #8; line breaks may be written as `\n`. */
  static async open(pem: string): Promise<Tokens> {
    const text = pem.replaceAll('\\n', '\n');
    try {
      const jwk = createPublicKey(createPrivateKey(text)).export({ format: 'jwk' });
      if (jwk.crv !== 'Ed25519') throw new Error('not an Ed25519 key');
      const kid = await calculateJwkThumbprint(jwk as { kty: string });
      const trusted = new Map([[kid, await importJWK({ ...jwk, kty: 'OKP' }, ALG)]]);
      return new Tokens(kid, await importPKCS8(text, ALG), trusted);
    } catch (cause) {
      throw new AndonError('bad_settings', 'ANDON_TOKEN_KEY must be an Ed25519 private key (PKCS #8 PEM)', { cause });
    }
  }

  sign({ sub, sid, expiresAt }: Claims): Promise<string> {
    return new SignJWT({ sid })
      .setProtectedHeader({ alg: ALG, kid: this.#kid })
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime(Math.floor(expiresAt / 1_000))
      .sign(this.#signWith);
  }

  /** Throws `unauthenticated` unless the token is ours and has not ended. */
  async verify(token: string): Promise<Claims> {
    const claims = this.#right.get(token) ?? (await this.#check(token));
    if (claims.expiresAt <= Date.now()) {
      this.#right.delete(token);
      throw unauthenticated('the token has expired');
    }
    return claims;
  }

  async #check(token: string): Promise<Claims> {
    const { payload } = await jwtVerify(token, ({ kid }) => this.#keyOf(kid), {
      algorithms: [ALG],
      requiredClaims: ['sub', 'sid', 'exp'],
    }).catch((error: unknown) => {
      throw unauthenticated('the token is not valid', error);
    });
    const { sub, sid, exp } = payload;
    if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined) throw unauthenticated('incomplete');
    if (!UUID.test(sub) || !UUID.test(sid)) throw unauthenticated('the token is not valid');
    const claims: Claims = { sub, sid, expiresAt: exp * 1_000 };
    this.#right.set(token, claims);
    return claims;
  }

  #keyOf(kid: string | undefined): PublicKey {
    const key = kid === undefined ? undefined : this.#trusted.get(kid);
    if (key === undefined) throw unauthenticated('the token is signed with a key that is not ours');
    return key;
  }
}
