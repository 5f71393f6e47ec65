/** Identity on a database and a Redis of its own; the Redis may be killed and started again. */
import './cheap-scrypt.ts';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { STAFF } from '../../actors/roles.ts';
import { codeOf } from '../../src/errors.ts';
import { Keys } from '../../src/hot/keys.ts';
import { Redis } from '../../src/hot/redis.ts';
import { Directory } from '../../src/identity/directory.ts';
import { Identity } from '../../src/identity/identity.ts';
import { hashPassword } from '../../src/identity/passwords.ts';
import { Revocations } from '../../src/identity/revocations.ts';
import { CACHE_MS } from '../../src/identity/sessions.ts';
import { Tokens } from '../../src/identity/tokens.ts';
import { addUser } from '../../src/identity/users.ts';
import { openPool } from '../../src/log/connect.ts';
import { lendDatabase } from '../_kit/database.ts';
import { type OwnRedis, ownRedis } from '../_kit/redis.ts';
import type { Fixture } from '../_kit/spec.ts';

export const PASSWORD = 'a long enough word';
export const KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export interface Node {
  readonly identity: Identity;
  readonly directory: Directory;
  readonly redis: Redis;
  readonly revocations: Revocations;
}

export interface OpenIdentity {
  readonly pool: pg.Pool;
  readonly keys: Keys;
  readonly server: OwnRedis;
  /** Two nodes with the same key, database and Redis. */
  readonly a: Node;
  readonly b: Node;
  /** A user who signs in with PASSWORD. */
  user(options?: { role?: string; site?: string; name?: string }): Promise<{ id: string; login: string }>;
}

export const withIdentity: Fixture<OpenIdentity> = async (lend) => {
  const database = await lendDatabase();
  const server = await ownRedis();
  const pool = openPool({ url: database.url, name: 'identity', max: 4 });
  const keys = new Keys('t');
  const tokens = await Tokens.open(KEY);
  const node = async (): Promise<Node> => {
    const redis = new Redis({ url: server.url, timeoutMs: 1_000 });
    if (!(await redis.ready(5_000))) throw new Error('Redis did not answer');
    const directory = new Directory(pool, STAFF);
    const revocations = await Revocations.open({ pool, rememberedMs: CACHE_MS });
    const options = { pool, redis, keys, tokens, directory, revocations, sessionMs: 900_000, logInTries: 5 };
    return { identity: new Identity(options), directory, redis, revocations };
  };
  const hash = await hashPassword(PASSWORD);
  const [a, b] = [await node(), await node()];
  try {
    await lend({
      pool,
      keys,
      server,
      a,
      b,
      user: async ({ role = 'operator', site = 'north', name = 'Olga' } = {}) => {
        const login = `${role}-${randomUUID()}`;
        const person = await addUser(pool, { login, name, roles: [role], site, hash });
        return { id: person!.id, login };
      },
    });
  } finally {
    for (const { redis, revocations } of [a, b]) {
      redis.close();
      revocations.close();
    }
    await pool.end();
    await server.close();
    await database.close();
  }
};

export const codeOfRefusal = (answer: Promise<unknown>): Promise<string> => answer.then(() => 'ok', codeOf);
