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
