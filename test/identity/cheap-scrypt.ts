/**
 * scrypt for next to nothing, for whoever imports this: tests about who may sign in, not about what a guess costs. What was
 * asked for still stands in the hashes. `passwords.test.ts` and whole products have the real one.
 */
import crypto, { type BinaryLike, type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

type Done = (error: Error | null, key: Buffer) => void;

const real = crypto.scrypt;
const cheap = (password: BinaryLike, salt: BinaryLike, bytes: number, options: ScryptOptions, done: Done): void =>
  real(password, salt, bytes, { ...options, N: 16, p: 1 }, done);
crypto.scrypt = cheap as typeof real;
syncBuiltinESMExports();
