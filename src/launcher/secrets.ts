/**
 * Everything secret of one private Andon, made once. Invariant: a secret never changes once written (the log's hashes,
 * the sessions and the servers' data depend on it); a later version adds what it misses.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { AndonError } from '../errors.ts';
import type { Place } from './place.ts';
import { readPrivately, writePrivately } from './private-file.ts';

export interface Secrets {
  /** Names the folder of servers that run under another account; new secrets never meet old data. */
  readonly home: string;
  /** ANDON_SECRET. */
  readonly secret: string;
  /** ANDON_TOKEN_KEY: Ed25519, PKCS #8 PEM, line breaks as \n. */
  readonly tokenKey: string;
  readonly postgresSuper: string;
  readonly postgresOwner: string;
  readonly postgresWeb: string;
  readonly redis: string;
  readonly rabbitmq: string;
  readonly rabbitmqCookie: string;
}

const password = (): string => randomBytes(24).toString('hex');

const tokenKey = (): string =>
  generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
    .trimEnd()
    .replaceAll('\n', '\\n');

const MAKE: { readonly [K in keyof Secrets]: () => string } = {
  home: () => randomBytes(8).toString('hex'),
  secret: () => randomBytes(48).toString('base64url'),
  tokenKey,
  postgresSuper: password,
  postgresOwner: password,
  postgresWeb: password,
  redis: password,
  rabbitmq: password,
  rabbitmqCookie: password,
};

export function readSecrets(place: Place): Secrets {
  const found = readPrivately(place.secretsFile) ?? {};
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    throw new AndonError('bad_file', `${place.secretsFile} holds no secrets`, { expose: true });
  const known = new Map<string, unknown>(Object.entries(found));
  let added = false;
  const one = (name: keyof Secrets): string => {
    const value = known.get(name);
    if (typeof value === 'string' && value !== '') return value;
    const made = MAKE[name]();
    known.set(name, made);
    added = true;
    return made;
  };
  const secrets: Secrets = {
    home: one('home'),
    secret: one('secret'),
    tokenKey: one('tokenKey'),
    postgresSuper: one('postgresSuper'),
    postgresOwner: one('postgresOwner'),
    postgresWeb: one('postgresWeb'),
    redis: one('redis'),
    rabbitmq: one('rabbitmq'),
    rabbitmqCookie: one('rabbitmqCookie'),
  };
  if (added) writePrivately(place.secretsFile, Object.fromEntries(known));
  return secrets;
}
