/** Changes to a user by who runs the system. What ends a user's sessions is `Sessions.revokeAllOf`, told to every node. */
import { type Queryable, statement } from '../log/statement.ts';
import { ask } from './ask.ts';

interface Row {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly site: string | null;
  readonly created_at: Date;
  readonly disabled_at: Date | null;
}

export interface ListedUser {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly site: string | null;
  /** RFC 3339 UTC. */
  readonly createdAt: string;
  readonly disabledAt: string | null;
}

const PAGE = 1_000;

const sqlPassword = statement<Row>(import.meta.url, 'sql/set-password');
const sqlDisable = statement<Row>(import.meta.url, 'sql/disable-user');
const sqlById = statement<Row & { readonly password: string }>(import.meta.url, 'sql/user-by-id');
const sqlStaff = statement<Row>(import.meta.url, 'sql/staff-users');
const sqlUsers = statement<Row>(import.meta.url, 'sql/users');

const listed = ({ created_at, disabled_at, ...user }: Row): ListedUser => ({
  ...user,
  createdAt: created_at.toISOString(),
  disabledAt: disabled_at?.toISOString() ?? null,
});

/** undefined: there is no such user. */
export async function setPassword(pool: Queryable, login: string, hash: string): Promise<ListedUser | undefined> {
  const [row] = await ask(pool, sqlPassword, [login, hash]);
  return row && listed(row);
}

/** undefined: there is no such user. */
export async function setDisabled(pool: Queryable, login: string, disabled: boolean): Promise<ListedUser | undefined> {
  const [row] = await ask(pool, sqlDisable, [login, disabled]);
  return row && listed(row);
}

/** All of them, by login. */
export async function listUsers(pool: Queryable): Promise<ListedUser[]> {
  const users: ListedUser[] = [];
  for (;;) {
    const page = await ask(pool, sqlUsers, [users.at(-1)?.login ?? '', PAGE]);
    users.push(...page.map(listed));
    if (page.length < PAGE) return users;
  }
}

export interface StaffFilter {
  /** All of a user's roles are among these. */
  readonly roles: readonly string[];
  readonly site?: string;
  /** Part of the name or login, in any case. */
  readonly part?: string;
  /** Login after which to go on. */
  readonly after: string;
  readonly limit: number;
}

/** By login. */
export async function listStaff(
  pool: Queryable,
  { roles, site, part, after, limit }: StaffFilter,
): Promise<readonly ListedUser[]> {
  return (await ask(pool, sqlStaff, [roles, site ?? null, part ?? null, after, limit])).map(listed);
}

/** undefined: there is no such user. */
export async function userById(
  pool: Queryable,
  id: string,
): Promise<{ readonly user: ListedUser; readonly hash: string } | undefined> {
  const [row] = await ask(pool, sqlById, [id]);
  if (row === undefined) return undefined;
  const { password: hash, ...user } = row;
  return { user: listed(user), hash };
}
