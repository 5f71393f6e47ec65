/**
 * Passwords, hashed by scrypt off the event loop; the parameters stand in the hash, so they may be raised later.
 *
 * W1 Chosen passwords cost 32 MiB and three passes (the OWASP cheat sheet's 2^15, 8, 3), some 200 ms. At most AT_ONCE are
 *    derived at a time, so that files, which share the threads, go on; beyond WAITING more it is `overloaded`.
 * W2 Generated ones have 128 random bits: nobody can try those out, so they cost little, and a thousand operators signing
 *    in after a power cut do not stall a node.
 * W3 A wrong password takes the same work whether the login is unknown, or its password chosen or generated: how long a
 *    no takes tells nobody which logins there are.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { overloaded } from '../errors.ts';

interface Cost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

const CHOSEN: Cost = { log2N: 15, r: 8, p: 3 };
const GENERATED: Cost = { log2N: 10, r: 8, p: 1 };
const BYTES = 32;
const AT_ONCE = 2;
const WAITING = 200;

let running = 0;
const waiting: (() => void)[] = [];

/** W1. Throws `overloaded`. */
async function inTurn<T>(act: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING) throw overloaded('log-ins');
    await new Promise<void>((go) => waiting.push(go)); // who ends hands its place on
  } else running += 1;
  try {
    return await act();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const { log2N, r, p } = cost;
  const options: ScryptOptions = { N: 2 ** log2N, r, p, maxmem: 256 * 2 ** log2N * r };
  const run = (): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
    });
  return isDear(cost) ? inTurn(run) : run();
}

const isDear = ({ log2N }: Cost): boolean => log2N > GENERATED.log2N;

async function hashWith(password: string, cost: Cost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  const { log2N, r, p } = cost;
  return ['scrypt', log2N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Throws `overloaded`. */
export const hashPassword = (password: string): Promise<string> => hashWith(password, CHOSEN);

/** 22 characters. */
export const randomPassword = (): string => randomBytes(16).toString('base64url');

/** W2. Only for what has as many random bits. */
export const hashGenerated = (password: string): Promise<string> => hashWith(password, GENERATED);

/** A random password and its hash. */
export async function generatePassword(): Promise<{ password: string; hash: string }> {
  const password = randomPassword();
  return { password, hash: await hashGenerated(password) };
}

const idle = (password: string, cost: Cost): Promise<Buffer> => derive(password, Buffer.alloc(16), cost);

/** No `stored` (unknown login) is never right. Throws `overloaded`. */
export async function passwordFits(password: string, stored: string | undefined): Promise<boolean> {
  const [name, log2N, r, p, salt, hash] = (stored ?? '').split('$');
  if (name !== 'scrypt' || salt === undefined || hash === undefined) {
    await idle(password, GENERATED);
    await idle(password, CHOSEN);
    return false;
  }
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const key = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const expected = Buffer.from(hash, 'base64url');
  const fits = expected.length === key.length && timingSafeEqual(expected, key);
  if (!fits) await idle(password, isDear(cost) ? GENERATED : CHOSEN);
  return fits;
}
