/**
 * Users of a demo, by names that were chosen. Their ids are made of their log-ins, so that a second time finds them, and
 * somebody who has such a log-in by himself is never taken for one of them.
 */
import type { Pool } from 'pg';
import { AndonError } from '../../src/errors.ts';
import { generatePassword, passwordFits } from '../../src/identity/passwords.ts';
import { setDisabled, setPassword, userById } from '../../src/identity/user-changes.ts';
import { addUser } from '../../src/identity/users.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';

export interface DemoUser {
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly site?: string;
  /** As whoever asks knows it. */
  readonly password?: string;
}

type EndSessions = (user: string) => Promise<number>;

export const demoId = (login: string): string => uuid5(NAMESPACE.job, `demo/${login}`);

const refused = (text: string): AndonError => new AndonError('invalid', text, { expose: true });

/** Who was disabled is so no more. A password is told where it is new: of who was missing, or when nobody knew it. */
export async function demoUser(
  pool: Pool,
  { login, name, role, site, password: known }: DemoUser,
  endSessions: EndSessions,
): Promise<{ readonly id: string; readonly password?: string }> {
  const id = demoId(login);
  const there = await userById(pool, id);
  if (there !== undefined) {
    if (there.user.disabledAt !== null) await setDisabled(pool, login, false);
    if (known !== undefined && (await passwordFits(known, there.hash))) return { id };
  }
  const { password, hash } = await generatePassword();
  if (there !== undefined) {
    await setPassword(pool, login, hash);
    await endSessions(id);
    return { id, password };
  }
  const user = { id, login, name, roles: [role], hash, ...(site === undefined ? {} : { site }) };
  if ((await addUser(pool, user)) === undefined)
    throw refused(`the demo has a user ${login}, but here that is somebody else`);
  return { id, password };
}

/** Answers with the log-ins of those who may not sign in any more. */
export async function disableDemoUsers(
  pool: Pool,
  logins: readonly string[],
  endSessions: EndSessions,
): Promise<string[]> {
  const disabled: string[] = [];
  for (const login of logins) {
    const id = demoId(login);
    const there = await userById(pool, id);
    if (there === undefined || there.user.disabledAt !== null) continue;
    await setDisabled(pool, login, true);
    await endSessions(id);
    disabled.push(login);
  }
  return disabled;
}

/** Once a demo has begun, orders are the demo's; before, whatever there is belongs to somebody. */
const OTHERS = `WITH demo AS (SELECT min(created_at) AS since FROM users WHERE id = ANY ($1))
SELECT EXISTS (SELECT FROM orders WHERE created_at < coalesce(since, 'infinity')) AS orders,
       since IS NULL AND EXISTS (SELECT FROM users WHERE login <> ALL ($2)) AS users
  FROM demo`;

/** Throws `invalid` where there are orders from before the demo, or before it other users than `first`, whom every start makes. */
export async function checkAlone(pool: Pool, logins: readonly string[], first: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ orders: boolean; users: boolean }>(OTHERS, [logins.map(demoId), first]);
  const [found] = rows;
  if (!found?.orders && !found?.users) return;
  throw refused(
    `here are ${found.orders ? 'orders' : 'users'} that are not the demo's, and --demo would work on everybody's orders: ` +
      'take, make, price, reject and ship them. Give it data of its own (ANDON_DATA, no DATABASE_URL), or insist with --force.',
  );
}
