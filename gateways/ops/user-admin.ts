/** What the launcher asks for about users that there are: a new password, the end of their sessions, who there is. */
import { AndonError } from '../../src/errors.ts';
import { generatePassword } from '../../src/identity/passwords.ts';
import { type ListedUser, listUsers, setDisabled, setPassword } from '../../src/identity/user-changes.ts';
import type { Queryable } from '../../src/log/statement.ts';

export type UserRequest =
  | { readonly do: 'set-password'; readonly login: string }
  | { readonly do: 'disable-user'; readonly login: string }
  | { readonly do: 'enable-user'; readonly login: string }
  | { readonly do: 'list-users' };

export interface UserTools {
  readonly pool: Queryable;
  /** Ends all sessions of a user, on every node; returns how many. */
  endSessions(user: string): Promise<number>;
  /** A line of the log that says who did what. */
  audit(what: string, details: Readonly<Record<string, unknown>>): void;
}

export type UserAnswer =
  | readonly ListedUser[]
  | (ListedUser & { readonly sessions: number; readonly password?: string });

/** Throws `not_found`. */
export async function userAdmin({ pool, endSessions, audit }: UserTools, request: UserRequest): Promise<UserAnswer> {
  if (request.do === 'list-users') return listUsers(pool);
  const { login } = request;
  switch (request.do) {
    case 'set-password': {
      const { password, hash } = await generatePassword();
      const user = known(login, await setPassword(pool, login, hash));
      const sessions = await endSessions(user.id);
      audit('password_set', { user: user.id, login: user.login, sessions });
      return { ...user, sessions, password };
    }
    case 'disable-user': {
      const user = known(login, await setDisabled(pool, login, true));
      const sessions = await endSessions(user.id);
      audit('user_disabled', { user: user.id, login: user.login, sessions });
      return { ...user, sessions };
    }
    case 'enable-user': {
      const user = known(login, await setDisabled(pool, login, false));
      audit('user_enabled', { user: user.id, login: user.login });
      return { ...user, sessions: 0 };
    }
  }
}

function known(login: string, user: ListedUser | undefined): ListedUser {
  if (user === undefined) throw new AndonError('not_found', `there is no user ${login}`, { expose: true });
  return user;
}
