/**
 * Session tokens: JWT signed with Ed25519, nothing else is given out.
 *
 * T1 Algorithm and key are ours to choose: `kid` must be one of our keys (token-keys.ts) and `alg` the key's own; what else a
 *    header may say (`jwk`, `jku`, `crit` …) is refused, not looked at.
 * T2 A token says who and which session, nothing about rights: roles are read with the session, each time.
 * T3 What is remembered of a token is that its signature is right. Whether its session still lives is asked each time.
 */
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { AndonError } from '../errors.ts';
import { BoundedMap } from './bounded-map.ts';
import { type TokenKeys, tokenKeys, type VerifyingKey } from './token-keys.ts';

const ISSUER = 'andon';
const AUDIENCE = 'andon:session';
const TYPE = 'JWT';
const HEADER = ['alg', 'kid', 'typ'];
const REMEMBERED = 20_000;
/** Ours have some 400. */
const MOST_CHARACTERS = 2_000;
/** So far clocks of nodes may differ, seconds. */
const SKEW_SECONDS = 60;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Claims {
  readonly sub: string;
  readonly sid: string;
  /** Milliseconds since 1970, a whole second. */
  readonly expiresAt: number;
}

export const unauthenticated = (why: string, cause?: unknown): AndonError =>
  new AndonError('unauthenticated', why, { expose: true, cause });

const notValid = (cause?: unknown): AndonError => unauthenticated('the token is not valid', cause);

export class Tokens {
  readonly #keys: TokenKeys;
  readonly #right = new BoundedMap<string, Claims>(REMEMBERED);

  private constructor(keys: TokenKeys) {
    this.#keys = keys;
  }

  /** As `tokenKeys`. */
  static async open(signing: string, others = ''): Promise<Tokens> {
    return new Tokens(await tokenKeys(signing, others));
  }

  sign({ sub, sid, expiresAt }: Claims): Promise<string> {
    return new SignJWT({ sid })
      .setProtectedHeader({ alg: 'EdDSA', kid: this.#keys.kid, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime(Math.floor(expiresAt / 1_000))
      .sign(this.#keys.signWith);
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
    if (token.length > MOST_CHARACTERS) throw notValid();
    const { payload } = await jwtVerify(token, this.#keyFor, {
      algorithms: ['EdDSA', 'ES256'],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'sid', 'exp', 'iat'],
    }).catch((error: unknown) => {
      throw notValid(error);
    });
    const claims = claimsIn(payload);
    this.#right.set(token, claims);
    return claims;
  }

  readonly #keyFor: JWTVerifyGetKey = (header): VerifyingKey['key'] => {
    const { alg, kid = '' } = header;
    const known = this.#keys.trusted.get(kid);
    if (known === undefined || known.alg !== alg)
      throw unauthenticated('the token is signed with a key that is not ours');
    if (Object.keys(header).some((name) => !HEADER.includes(name))) throw notValid();
    return known.key;
  };
}

function claimsIn({ sub, sid, exp, iat }: JWTPayload): Claims {
  if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined || iat === undefined) throw notValid();
  if (!UUID.test(sub) || !UUID.test(sid) || iat > Date.now() / 1_000 + SKEW_SECONDS) throw notValid();
  return { sub, sid, expiresAt: exp * 1_000 };
}
