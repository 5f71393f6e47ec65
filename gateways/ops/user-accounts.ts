/**
 * Accounts made and given passwords. A repeat under the same key tells the same password again while it is the user's, and
 * is refused afterwards: it brings no old one back.
 */
import { inCharge } from '../../actors/staff.ts';
import { AndonError } from '../../src/errors.ts';
import { commandIdOf } from '../../src/identity/envelope.ts';
import { givenBefore, giveOnce, givePassword } from '../../src/identity/given-password.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { type ListedUser, setPassword, userById } from '../../src/identity/user-changes.ts';
import { addUser } from '../../src/identity/users.ts';
import type { Queryable } from '../../src/log/statement.ts';
import type { NewUser, User } from '../contract/users.ts';
import { type Hiring, hire } from './hire.ts';

export interface NewAccounts extends Hiring {
  readonly pool: Queryable;
  readonly secret: string;
}

export interface Made {
  readonly made: ListedUser;
  readonly password: string;
  readonly replay: boolean;
}

/** Key spaces of their own: a user's id is also that of an operator, who has commands with keys. */
const NEW_USER = 'user';
const passwordOf = (id: string): string => `password/${id}`;

export const shown = ({ roles, ...user }: ListedUser): User => ({ ...user, roles: [...roles] as User['roles'] });

const reused = (what: string): AndonError => new AndonError('idempotency_key_reused', what, { expose: true });
const replaced = (): AndonError => reused('the password of this key was replaced by another');

/** The account alone: an operator is still to be hired. Throws `login_taken`, `idempotency_key_reused`. */
export async function makeUser(
  { pool, secret }: Pick<NewAccounts, 'pool' | 'secret'>,
  caller: Principal,
  { login, name, roles, site = caller.site }: NewUser,
  key: string | undefined,
): Promise<Made> {
  const id = commandIdOf(caller, NEW_USER, key);
  const { password, hash } = await givePassword(secret, id);
  const added = await addUser(pool, { id, login, name, roles, hash, ...(site === undefined ? {} : { site }) });
  const found = await userById(pool, id);
  if (found === undefined) throw new AndonError('login_taken', 'this login is taken', { expose: true });
  const made = found.user;
  const same =
    made.login === login && made.name === name && made.site === (site ?? null) && sameRoles(made.roles, roles);
  if (!same || !inCharge(caller, made)) throw reused('this key made another account');
  const replay = added === undefined;
  if (replay && (await givenBefore(secret, id, found.hash)) === undefined) throw replaced();
  return { made, password, replay };
}

const sameRoles = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((role, n) => role === others[n]);

/** Twice is as once, and for a repeat too: the first may have come no further than the account. */
export async function hireMade(hiring: Hiring, { id, roles, site }: ListedUser): Promise<void> {
  if (roles.includes('operator') && site !== null) await hire(hiring, { id, site });
}

/** Throws `idempotency_key_reused`. */
export async function newPassword(
  { pool, secret }: Pick<NewAccounts, 'pool' | 'secret'>,
  caller: Principal,
  user: ListedUser,
  key: string | undefined,
): Promise<{ readonly password: string; readonly replay: boolean }> {
  const command = key === undefined ? undefined : commandIdOf(caller, passwordOf(user.id), key);
  const { password, hash } = await givePassword(secret, command);
  if (command === undefined) {
    await setPassword(pool, user.login, hash);
    return { password, replay: false };
  }
  if (await giveOnce(pool, { command, user: user.id, hash })) return { password, replay: false };
  const stored = (await userById(pool, user.id))?.hash;
  if (stored === undefined || (await givenBefore(secret, command, stored)) === undefined) throw replaced();
  return { password, replay: true };
}
