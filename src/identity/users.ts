/** Users: who may sign in. Logins are unique whatever their case. */
import { randomUUID } from 'node:crypto';
import { type Queryable, statement } from '../log/statement.ts';
import { ask } from './ask.ts';
import { generatePassword } from './passwords.ts';
import type { Person } from './principal.ts';
import { personOf } from './sessions.ts';

interface UserRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly site: string | null;
  readonly password: string;
}

const sqlByLogin = statement<UserRow>(import.meta.url, 'sql/user-by-login');
const sqlAdd = statement<Omit<UserRow, 'password'>>(import.meta.url, 'sql/add-user');
const sqlLast = statement<{ last: number }>(import.meta.url, 'sql/last-login-number');
const sqlOperators = statement<ListedOperator>(import.meta.url, 'sql/operators');

export interface NewUser {
  /** Absent: a new one. */
  readonly id?: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly site?: string;
  /** As `hashPassword` made it. */
  readonly hash: string;
}

/** undefined: the login is taken, or the id. */
export async function addUser(pool: Queryable, user: NewUser): Promise<Person | undefined> {
  const id = user.id ?? randomUUID();
  const [row] = await ask(pool, sqlAdd, [id, user.login, user.name, user.roles, user.site ?? null, user.hash]);
  return row && personOf(row);
}

export interface UserWithHash {
  readonly person: Person;
  readonly hash: string;
}

export async function userByLogin(pool: Queryable, login: string): Promise<UserWithHash | undefined> {
  const [row] = await ask(pool, sqlByLogin, [login]);
  return row && { person: personOf(row), hash: row.password };
}

export interface AddedUser {
  readonly id: string;
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly role: string;
  readonly site?: string;
}

/**
 * `count` users of one role with random passwords; logins like `operator-north-3`, numbered on from the highest there
 * is. Two runs at once share the numbers out between them.
 */
export async function addUsers(
  pool: Queryable,
  { role, site, count }: { readonly role: string; readonly site?: string; readonly count: number },
): Promise<AddedUser[]> {
  const stem = site === undefined ? `${role}-` : `${role}-${site}-`;
  const label = (site === undefined ? role : `${role} ${site}`).replace(/(^|[ -])\w/g, (c) => c.toUpperCase());
  const added: AddedUser[] = [];
  let number = (await ask(pool, sqlLast, [stem]))[0]?.last ?? 0;
  while (added.length < count) {
    number += 1;
    const { password, hash } = await generatePassword();
    const user = { login: `${stem}${number}`, name: `${label} ${number}`, ...(site === undefined ? {} : { site }) };
    const person = await addUser(pool, { ...user, roles: [role], hash });
    if (person !== undefined) added.push({ id: person.id, ...user, role, password });
  }
  return added;
}

export interface ListedOperator {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly site: string;
}

/** Operators by login, after `after`. */
export const listOperators = (
  pool: Queryable,
  { site, after, limit }: { readonly site?: string; readonly after: string; readonly limit: number },
): Promise<ListedOperator[]> => ask(pool, sqlOperators, [site ?? null, after, limit]);
