/** Everything that looks like a session token and is none, made from a good one and the key that signed it. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { CompactEncrypt, calculateJwkThumbprint, SignJWT, UnsecuredJWT } from 'jose';

type Claims = Readonly<Record<string, unknown>>;

export interface Good {
  readonly token: string;
  /** The private key of the nodes, PEM. */
  readonly key: string;
  /** Somebody with more rights. */
  readonly other: string;
}

const decoded = (part: string | undefined): Claims => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** By name. Each differs from what would be taken in one thing alone. */
export async function forgedTokens({ token, key, other }: Good): Promise<ReadonlyMap<string, string>> {
  const ours = createPrivateKey(key);
  const ourPublic = createPublicKey(ours);
  const [head = '', body = '', signature = ''] = token.split('.');
  const header = decoded(head);
  const claims = decoded(body);
  const kid = String(header['kid']);
  const now = Math.floor(Date.now() / 1_000);
  const theirs = generateKeyPairSync('ed25519');
  const theirJwk = theirs.publicKey.export({ format: 'jwk' });
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

  const signed = (more: Claims, with_: Claims = {}, by: KeyObject | Uint8Array = ours): Promise<string> =>
    new SignJWT({ ...claims, ...more }).setProtectedHeader({ ...header, ...with_ } as never).sign(by, {
      crit: { 'x-must': true },
    });
  const without = async (name: string): Promise<string> => signed({ [name]: undefined });
  const publicPem = Buffer.from(ourPublic.export({ type: 'spki', format: 'pem' }).toString());
  const publicRaw = Buffer.from(ourPublic.export({ format: 'jwk' }).x ?? '', 'base64url');
  const duplicate = `{"sub":"${other}",${JSON.stringify(claims).slice(1, -1)},"sub":"${other}"}`;
  const noKid = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' }).sign(ours);

  return new Map([
    ['alg none, unsigned', new UnsecuredJWT(claims).encode()],
    ['alg none, our header otherwise', `${encoded({ ...header, alg: 'none' })}.${body}.`],
    ['alg nOnE with our signature', `${encoded({ ...header, alg: 'nOnE' })}.${body}.${signature}`],
    ['signature cut off', `${head}.${body}.`],
    ['signature left out', `${head}.${body}`],
    ['HS256 with our public key as PEM', await signed({}, { alg: 'HS256' }, publicPem)],
    ['HS256 with our public key as bytes', await signed({}, { alg: 'HS256' }, publicRaw)],
    ['HS256 with nothing as the secret', await signed({}, { alg: 'HS256' }, Buffer.from([0]))],
    ['another Ed25519 key under our kid', await signed({}, {}, theirs.privateKey)],
    [
      'another key under its own kid',
      await signed({}, { kid: await calculateJwkThumbprint(theirJwk as never) }, theirs.privateKey),
    ],
    ['ES256 under our kid', await signed({}, { alg: 'ES256' }, elliptic.privateKey)],
    ['RS256 under our kid', await signed({}, { alg: 'RS256' }, rsa.privateKey)],
    ['our key under no kid', noKid],
    ...(await Promise.all(
      [
        '',
        'other',
        '__proto__',
        '../../../dev/null',
        "' or 1=1 --",
        '/etc/passwd',
        `${kid}\u0000`,
        'x'.repeat(500),
      ].map(
        async (name) =>
          [`our key under the kid ${JSON.stringify(name.slice(0, 20))}`, await signed({}, { kid: name })] as const,
      ),
    )),
    ['embedded jwk', await signed({}, { jwk: theirJwk }, theirs.privateKey)],
    ['embedded jwk, our signature', await signed({}, { jwk: theirJwk })],
    ['jku', await signed({}, { jku: 'http://127.0.0.1:1/keys' })],
    ['x5u', await signed({}, { x5u: 'http://127.0.0.1:1/cert' })],
    ['x5c', await signed({}, { x5c: [encoded('x')] })],
    ['crit of something unknown', await signed({}, { crit: ['x-must'], 'x-must': 1 })],
    ['b64 false', `${encoded({ ...header, b64: false, crit: ['b64'] })}.${body}.${signature}`],
    ['another typ', await signed({}, { typ: 'at+jwt' })],
    ['expired', await signed({ exp: now - 1 })],
    ['not yet valid', await signed({ nbf: now + 600 })],
    ['issued in the future', await signed({ iat: now + 600 })],
    ['an end that is no number', await signed({ exp: 'never' })],
    ...(await Promise.all(
      ['exp', 'iat', 'aud', 'iss', 'sub', 'sid'].map(async (name) => [`without ${name}`, await without(name)] as const),
    )),
    ['for another audience', await signed({ aud: 'andon:partner' })],
    ['from another issuer', await signed({ iss: 'https://evil.test' })],
    ['our session, somebody else’s name', await signed({ sub: other })],
    ['a session there is not', await signed({ sid: randomUUID() })],
    ['a session that is no id', await signed({ sid: '*' })],
    ['altered: roles added', `${head}.${encoded({ ...claims, roles: ['supervisor'] })}.${signature}`],
    ['altered: somebody else', `${head}.${encoded({ ...claims, sub: other })}.${signature}`],
    ['altered: a later end', `${head}.${encoded({ ...claims, exp: now + 10 ** 8 })}.${signature}`],
    ['altered: claims twice', `${head}.${encoded(duplicate)}.${signature}`],
    ['altered header', `${encoded({ ...header, cty: 'JWT' })}.${body}.${signature}`],
    ['signature of another token', `${head}.${body}.${noKid.split('.')[2]}`],
    ['truncated', token.slice(0, -10)],
    ['first letter gone', token.slice(1)],
    ['one part more', `${token}.${signature}`],
    ['two dots', '..'],
    ['parts in another order', `${body}.${head}.${signature}`],
    ['over-long', await signed({ more: 'x'.repeat(3_000) })],
    ['our token, padded', `${token}${'='.repeat(4)}`],
    ['our token in upper case', token.toUpperCase()],
    ['our token as JSON', JSON.stringify({ token })],
    [
      'encrypted around ours',
      await new CompactEncrypt(Buffer.from(token))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })
        .encrypt(Buffer.alloc(32)),
    ],
    [
      'ours inside another',
      await new SignJWT({ ...claims, token }).setProtectedHeader({ ...header, cty: 'JWT' } as never).sign(ours),
    ],
    ['a word', 'undefined'],
    ['an API key’s form', `ak_${'x'.repeat(32)}`],
  ]);
}
