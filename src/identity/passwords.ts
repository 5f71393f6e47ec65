/**
 * Passwords, hashed by scrypt off the event loop; the parameters stand in the hash, so they may be raised later.
 * Chosen passwords cost 32 MiB and some 70 ms each. Generated ones have 128 random bits: nobody can try those out,
 * so they cost little, and a thousand operators signing in after a power cut do not stall a node.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

const CHOSEN: Cost = { log2N: 15, r: 8, p: 1 };
const GENERATED: Cost = { log2N: 10, r: 8, p: 1 };
const BYTES = 32;

const derive = (password: string, salt: Buffer, { log2N, r, p }: Cost): Promise<Buffer> => {
  const options: ScryptOptions = { N: 2 ** log2N, r, p, maxmem: 256 * 2 ** log2N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
};

async function hashWith(password: string, cost: Cost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  const { log2N, r, p } = cost;
  return ['scrypt', log2N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

export const hashPassword = (password: string): Promise<string> => hashWith(password, CHOSEN);

/** A random password, 22 characters, and its hash. */
export async function generatePassword(): Promise<{ password: string; hash: string }> {
  const password = randomBytes(16).toString('base64url');
  return { password, hash: await hashWith(password, GENERATED) };
}

/** No `stored` (unknown login) takes as long as a wrong password and is never right. */
export async function passwordFits(password: string, stored: string | undefined): Promise<boolean> {
  const [name, log2N, r, p, salt, hash] = (stored ?? '').split('$');
  if (name !== 'scrypt' || salt === undefined || hash === undefined) {
    await derive(password, Buffer.alloc(16), CHOSEN);
    return false;
  }
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const key = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const expected = Buffer.from(hash, 'base64url');
  return expected.length === key.length && timingSafeEqual(expected, key);
}
