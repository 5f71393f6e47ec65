/**
 * Passwords that are made for others. With an idempotency key the password is made of the key, so a repeat tells the same
 * one from any node and nothing but its hash has to be kept; without our secret the key gives nothing. Which keys gave one
 * is kept, so that a repeat that comes late brings no old password back.
 */
import { createHmac } from 'node:crypto';
import { type Queryable, statement } from '../log/statement.ts';
import { ask } from './ask.ts';
import { hashGenerated, passwordFits, randomPassword } from './passwords.ts';

export interface GivenPassword {
  readonly password: string;
  readonly hash: string;
}

const sqlGive = statement<{ readonly id: string }>(import.meta.url, 'sql/give-password');

/** False: this command gave a password before, and nothing was changed. */
export async function giveOnce(
  pool: Queryable,
  { command, user, hash }: { readonly command: string; readonly user: string; readonly hash: string },
): Promise<boolean> {
  return (await ask(pool, sqlGive, [command, user, hash])).length > 0;
}

/** `of`: the id that the key made; undefined = there was no key. */
export async function givePassword(secret: string, of: string | undefined): Promise<GivenPassword> {
  const password = of === undefined ? randomPassword() : passwordOf(secret, of);
  return { password, hash: await hashGenerated(password) };
}

/** What `givePassword` made of this key, if it is still the password. */
export async function givenBefore(secret: string, of: string, stored: string): Promise<string | undefined> {
  const password = passwordOf(secret, of);
  return (await passwordFits(password, stored)) ? password : undefined;
}

/** 128 bits, like the random ones. */
const passwordOf = (secret: string, of: string): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['given password', of]))
    .digest()
    .subarray(0, 16)
    .toString('base64url');
