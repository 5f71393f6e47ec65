/**
 * Users of a demo, by names that were chosen. Their ids are made of their log-ins, so that a second time finds them, and
 * somebody who has such a log-in by himself is never taken for one of them.
 */
import type { Pool } from 'pg';
import { AndonError } from '../../src/errors.ts';
import { generatePassword } from '../../src/identity/passwords.ts';
import { setPassword } from '../../src/identity/user-changes.ts';
import { addUser, userByLogin } from '../../src/identity/users.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';

export interface DemoUser {
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly site?: string;
  /** Whoever asks has the password. */
  readonly known: boolean;
}

export interface DemoRequest {
  readonly do: 'demo-users';
  readonly users: readonly DemoUser[];
}

const idOf = (login: string): string => uuid5(NAMESPACE.job, `demo/${login}`);

/** The new password of who was missing, or of whom nobody knew it; undefined: nothing was changed. */
export async function demoUser(
  pool: Pool,
  { login, name, role, site, known }: DemoUser,
  endSessions: (user: string) => Promise<number>,
): Promise<{ readonly id: string; readonly password?: string }> {
  const id = idOf(login);
  const { password, hash } = await generatePassword();
  const added = await addUser(pool, { id, login, name, roles: [role], hash, ...(site === undefined ? {} : { site }) });
  if (added !== undefined) return { id, password };
  const there = await userByLogin(pool, login);
  if (there !== undefined && there.person.id !== id)
    throw new AndonError('invalid', `the demo has a user ${login}, but here that is somebody else`, { expose: true });
  if (known || there === undefined) return { id }; // disabled: by somebody who meant it
  await setPassword(pool, login, hash);
  await endSessions(id);
  return { id, password };
}
