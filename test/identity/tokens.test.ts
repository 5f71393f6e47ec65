import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, SignJWT, UnsecuredJWT } from 'jose';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { Tokens } from '../../src/identity/tokens.ts';
import { spec } from '../_kit/spec.ts';

const ours = generateKeyPairSync('ed25519');
const pkcs8 = ({ privateKey }: { privateKey: KeyObject }): string =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pem = pkcs8(ours);
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
  new SignJWT({ ...fitting(), ...payload }).setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT', ...header }).sign(key);

const fitting = () => ({
  iss: 'andon',
  aud: 'andon:session',
  sub,
  sid,
  iat: inMinutes(0) / 1_000,
  exp: inMinutes(5) / 1_000,
});

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
  await refused(tokens, new UnsecuredJWT(fitting()).encode(), 'alg none');
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
  const bare = new SignJWT(fitting()).setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' });
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
  assert.is((await tokens.verify(await make({}))).sid, sid, 'with all of them it is taken');
  for (const name of ['sub', 'sid', 'exp', 'iat', 'iss', 'aud'])
    await refused(tokens, await make({ payload: { [name]: undefined } }), `without ${name}`);
  for (const payload of [{ sub: "' or 1=1" }, { sid: 7 }, { iss: 'other' }, { aud: 'andon' }, { exp: 'never' }])
    await refused(tokens, await make({ payload }), JSON.stringify(payload));
  for (const payload of [{ iat: inMinutes(5) / 1_000 }, { nbf: inMinutes(5) / 1_000 }])
    await refused(tokens, await make({ payload }), JSON.stringify(payload));
});

test('anything that is no token is refused', async (tokens) => {
  for (const text of ['', '.', '..', 'a.b.c', 'x'.repeat(10_000), '{}', 'ak_key'])
    await refused(tokens, text, text.slice(0, 9));
});

test('a new key is brought in while tokens of the old one are still taken, and of no other', async () => {
  const old = generateKeyPairSync('ed25519');
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicPem = ({ publicKey }: { publicKey: KeyObject }): string =>
    publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const ofOld = await (await Tokens.open(pkcs8(old))).sign({ sub, sid, expiresAt: inMinutes(5) });
  const rotated = await Tokens.open(pem, `${publicPem(old)}${publicPem(elliptic).replaceAll('\n', '\\n')}`);
  assert.is((await rotated.verify(ofOld)).sid, sid);
  assert.is((await rotated.verify(await rotated.sign({ sub, sid, expiresAt: inMinutes(5) }))).sid, sid);
  const ecKid = await calculateJwkThumbprint(elliptic.publicKey.export({ format: 'jwk' }) as { kty: string });
  const ec = { key: elliptic.privateKey, header: { alg: 'ES256', kid: ecKid } };
  assert.is((await rotated.verify(await make(ec))).sid, sid);
  await refused(rotated, await make({ header: { kid: ecKid } }), 'EdDSA under the kid of a P-256 key');
  await refused(rotated, await make({ ...ec, header: { alg: 'ES256', kid } }), 'ES256 under the kid of an Ed25519 key');
  await refused(await Tokens.open(pem), ofOld, 'the old key was taken out');
});

test('a key of another kind is a fault of the settings', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  for (const key of [String(rsa), 'nonsense', '']) {
    assert.is(await Tokens.open(key).then(() => 'opened', codeOf), 'bad_settings');
    const others = key === '' ? `${pem}and more` : key;
    assert.is(await Tokens.open(pem, others).then(() => 'opened', codeOf), 'bad_settings', 'among those trusted');
  }
});
