/** Accounts made and given passwords. A repeat under the same key tells the same password again. */
import { inCharge } from '../../actors/staff.ts';
import { AndonError } from '../../src/errors.ts';
import { commandIdOf } from '../../src/identity/envelope.ts';
import { givenBefore, givePassword } from '../../src/identity/given-password.ts';
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

/** Key space of new accounts. */
const SCOPE = 'user';

export const shown = ({ roles, ...user }: ListedUser): User => ({ ...user, roles: [...roles] as User['roles'] });

/** Throws `login_taken`, `idempotency_key_reused`. */
export async function makeUser(
  deps: NewAccounts,
  caller: Principal,
  { login, name, roles, site = caller.site }: NewUser,
  key: string | undefined,
): Promise<Made> {
  const { pool, secret } = deps;
  const id = commandIdOf(caller, SCOPE, key);
  const { password, hash } = await givePassword(secret, key === undefined ? undefined : id);
  const added = await addUser(pool, { id, login, name, roles, hash, ...(site === undefined ? {} : { site }) });
  const found = await userById(pool, id);
  if (found === undefined) throw new AndonError('login_taken', 'this login is taken', { expose: true });
  const made = found.user;
  const same =
    made.login === login && made.name === name && made.site === (site ?? null) && sameRoles(made.roles, roles);
  if (!same || !inCharge(caller, made))
    throw new AndonError('idempotency_key_reused', 'this key made another account', { expose: true });
  // Also on a repeat: the first may have come no further than the account.
  if (roles.includes('operator') && made.site !== null) await hire(deps, { id, site: made.site });
  return { made, password, replay: added === undefined };
}

const sameRoles = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((role, n) => role === others[n]);

export async function newPassword(
  { pool, secret }: NewAccounts,
  caller: Principal,
  { user, hash: stored }: { readonly user: ListedUser; readonly hash: string },
  key: string | undefined,
): Promise<{ readonly password: string; readonly replay: boolean }> {
  const of = key === undefined ? undefined : commandIdOf(caller, user.id, key);
  const before = of === undefined ? undefined : await givenBefore(secret, of, stored);
  if (before !== undefined) return { password: before, replay: true };
  const { password, hash } = await givePassword(secret, of);
  await setPassword(pool, user.login, hash);
  return { password, replay: false };
}
