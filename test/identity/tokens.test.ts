import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, SignJWT, UnsecuredJWT } from 'jose';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { Tokens } from '../../src/identity/tokens.ts';
import { spec } from '../_kit/spec.ts';

const ours = generateKeyPairSync('ed25519');
const pem = ours.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const kid = await calculateJwkThumbprint(ours.publicKey.export({ format: 'jwk' }) as { kty: string });

const test = spec<Tokens>('tokens', async (lend) => lend(await Tokens.open(pem)));

const sub = randomUUID();
const sid = randomUUID();
const inMinutes = (minutes: number): number => Math.floor(Date.now() / 1_000) * 1_000 + minutes * 60_000;

interface Made {
  readonly key?: KeyObject | Uint8Array;
  readonly header?: { alg?: string; kid?: string };
  readonly payload?: Record<string, unknown>;
}

const make = ({ key = ours.privateKey, header = {}, payload = {} }: Made): Promise<string> =>
  new SignJWT({ sub, sid, exp: inMinutes(5) / 1_000, ...payload })
    .setProtectedHeader({ alg: 'EdDSA', kid, ...header })
    .sign(key);

const refused = async (tokens: Tokens, token: string, why: string): Promise<void> => {
  const code = await tokens.verify(token).then(() => 'taken', codeOf);
  assert.is(code, 'unauthenticated', why);
};

test('what was signed is verified, again and again', async (tokens) => {
  const claims = { sub, sid, expiresAt: inMinutes(15) };
  const token = await tokens.sign(claims);
  assert.equal(await tokens.verify(token), claims);
  assert.equal(await tokens.verify(token), claims);
});

test('another node with the same key takes it', async (tokens) => {
  const other = await Tokens.open(pem.replaceAll('\n', '\\n'));
  assert.is((await other.verify(await tokens.sign({ sub, sid, expiresAt: inMinutes(1) }))).sid, sid);
});

test('an expired token is refused, also one that was taken before', async (tokens) => {
  await refused(tokens, await make({ payload: { exp: Math.floor(Date.now() / 1_000) - 1 } }), 'expired');
  const end = Math.ceil(Date.now() / 1_000) * 1_000 + 1_000;
  const short = await tokens.sign({ sub, sid, expiresAt: end });
  await tokens.verify(short);
  await new Promise((resolve) => setTimeout(resolve, end - Date.now() + 5));
  await refused(tokens, short, 'expired meanwhile');
});

test('an unsigned token is refused', async (tokens) => {
  const payload = { sub, sid, exp: inMinutes(5) / 1_000 };
  await refused(tokens, new UnsecuredJWT(payload).encode(), 'alg none');
  const [, body, signature] = (await make({})).split('.');
  for (const alg of ['none', 'None', 'NONE']) {
    const header = Buffer.from(JSON.stringify({ alg, kid })).toString('base64url');
    await refused(tokens, `${header}.${body}.`, alg);
    await refused(tokens, `${header}.${body}.${signature}`, `${alg} with a signature`);
  }
});

test('a token signed with our public key as a secret is refused', async (tokens) => {
  const publicPem = Buffer.from(ours.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  await refused(tokens, await make({ key: publicPem, header: { alg: 'HS256' } }), 'HS256 with the PEM');
  const raw = Buffer.from(ours.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  await refused(tokens, await make({ key: raw, header: { alg: 'HS256' } }), 'HS256 with the raw key');
});

test('a token of another key is refused, whatever kid it names', async (tokens) => {
  const theirs = generateKeyPairSync('ed25519').privateKey;
  await refused(tokens, await make({ key: theirs }), 'our kid');
  await refused(tokens, await make({ key: theirs, header: { kid: 'theirs' } }), 'their kid');
  const es256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  await refused(tokens, await make({ key: es256, header: { alg: 'ES256' } }), 'ES256');
});

test('our own signature under another kid, or under none, is refused', async (tokens) => {
  await refused(tokens, await make({ header: { kid: 'other' } }), 'other kid');
  const bare = new SignJWT({ sub, sid, exp: inMinutes(5) / 1_000 }).setProtectedHeader({ alg: 'EdDSA' });
  await refused(tokens, await bare.sign(ours.privateKey), 'no kid');
});

test('a changed token is refused', async (tokens) => {
  const [header, body, signature] = (await make({})).split('.');
  const claims = JSON.parse(Buffer.from(body!, 'base64url').toString()) as Record<string, unknown>;
  const other = Buffer.from(JSON.stringify({ ...claims, sub: randomUUID() })).toString('base64url');
  await refused(tokens, `${header}.${other}.${signature}`, 'other person');
  const late = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString('base64url');
  await refused(tokens, `${header}.${late}.${signature}`, 'later end');
  await refused(tokens, `${header}.${body}.${signature!.slice(0, -4)}AAAA`, 'other signature');
});

test('a token that lacks a claim, or names no ids, is refused', async (tokens) => {
  for (const payload of [{ sub: undefined }, { sid: undefined }, { exp: undefined }, { sub: "' or 1=1" }, { sid: 7 }]) {
    await refused(tokens, await make({ payload }), JSON.stringify(payload));
  }
});

test('anything that is no token is refused', async (tokens) => {
  for (const text of ['', '.', '..', 'a.b.c', 'x'.repeat(10_000), '{}', 'ak_key'])
    await refused(tokens, text, text.slice(0, 9));
});

test('a key of another kind is a fault of the settings', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  for (const key of [String(rsa), 'nonsense', '']) {
    assert.is(await Tokens.open(key).then(() => 'opened', codeOf), 'bad_settings');
  }
});
