/** `users passwd`, `users disable`, `users enable`, `users list`: users of the Andon that is up. */
import { askAdmin } from './admin.ts';
import { changeLogin } from './logins.ts';
import type { Place } from './place.ts';
import { reach } from './reach.ts';
import type { Env } from './settings.ts';

type Print = (line: string) => void;

interface User {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly site: string | null;
  readonly disabledAt: string | null;
  readonly sessions?: number;
  readonly password?: string;
}

const isUser = (value: unknown): value is User => typeof value === 'object' && value !== null && 'login' in value;
const userIn = (answer: unknown): User | undefined => (isUser(answer) ? answer : undefined);

const ended = ({ sessions = 0 }: User): string =>
  `${sessions} session${sessions === 1 ? '' : 's'} ended, on every node within two seconds`;

/** Printed, and changed in logins.json where it stands there. */
export async function newPassword(
  place: Place,
  { login, json }: { readonly login: string; readonly json: boolean },
  env: Env,
  print: Print,
): Promise<number> {
  const { settings, url } = reach(place, env);
  const user = await askAdmin(place, settings, env, { do: 'set-password', login }, userIn);
  const { password = '', roles, site } = user;
  const entry = { url, role: roles[0] ?? '', site, login: user.login, password };
  await changeLogin(place, entry);
  if (json) print(JSON.stringify(entry, undefined, 2));
  else {
    print(`${user.login}  ${password}`);
    print(ended(user));
  }
  return 0;
}

export async function setDisabled(
  place: Place,
  login: string,
  disabled: boolean,
  env: Env,
  print: Print,
): Promise<number> {
  const { settings } = reach(place, env);
  const request = { do: disabled ? 'disable-user' : 'enable-user', login } as const;
  const user = await askAdmin(place, settings, env, request, userIn);
  print(disabled ? `${user.login} is disabled: ${ended(user)}` : `${user.login} may sign in again`);
  return 0;
}

export async function listUsers(place: Place, json: boolean, env: Env, print: Print): Promise<number> {
  const { settings } = reach(place, env);
  const users = await askAdmin(place, settings, env, { do: 'list-users' }, (answer) =>
    Array.isArray(answer) && answer.every(isUser) ? answer : undefined,
  );
  if (json) print(JSON.stringify(users, undefined, 2));
  else for (const user of users) print(line(user));
  return 0;
}

const line = ({ login, name, roles, site, disabledAt }: User): string =>
  [login, name, roles.join(','), site ?? '', disabledAt === null ? '' : `disabled ${disabledAt}`]
    .filter((word) => word !== '')
    .join('  ');
