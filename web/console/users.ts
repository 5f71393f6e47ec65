/** Accounts that this person looks after: listed while somebody looks, added, changed. Passwords stay on the page alone. */
import { effect, signal } from '@preact/signals';
import type { ChangedUser, NewUser, User, UserWithPassword } from '../../gateways/contract/users.ts';
import { newKey } from '../client/key.ts';
import { codeOf, ProblemError } from '../client/problem.ts';
import { problemText } from '../text/common.ts';
import { staffText } from '../text/staff.ts';
import { say } from '../ui/announce.tsx';
import { focusOn } from '../ui/focus.ts';
import { guardLeaving } from '../ui/leaving.ts';
import { me, rest, section, site } from './app.ts';

const words = staffText.users;
const PAGE = 50;

/** undefined = not known yet. */
export const users = signal<readonly User[] | undefined>(undefined);
export const usersFault = signal<string | undefined>(undefined);
export const next = signal<string | null>(null);
/** Part of a name or login. */
export const part = signal('');
/** Passwords that were told here, the last first: each stays until it is put away, for nobody can ask for it again. */
export const given = signal<readonly UserWithPassword[]>([]);
guardLeaving(() => given.peek().length > 0);

let asked = 0;

export async function readUsers(cursor: string | null = null): Promise<void> {
  const mine = ++asked;
  const query = new URLSearchParams({
    limit: String(PAGE),
    ...(site.peek() === undefined ? {} : { site: site.peek() ?? '' }),
    ...(part.peek() === '' ? {} : { q: part.peek() }),
    ...(cursor === null ? {} : { cursor }),
  });
  try {
    const { body } = await rest.get<{ items: readonly User[]; next: string | null }>(`/api/users?${query}`);
    if (mine !== asked) return;
    users.value = cursor === null ? body.items : [...(users.peek() ?? []), ...body.items];
    next.value = body.next;
    usersFault.value = undefined;
  } catch (error) {
    if (mine === asked) usersFault.value = codeOf(error);
  }
}

effect(() => {
  if (typeof me.value !== 'object' || section.value !== 'users') return;
  void site.value;
  void part.value;
  void readUsers();
});

/** A new password makes the one before it void. */
function tell(told: UserWithPassword): void {
  putAway(told.user.id);
  given.value = [told, ...given.peek()];
  focusOn(`[data-given="${CSS.escape(told.user.login)}"]`);
}

export function putAway(user: string): void {
  given.value = given.peek().filter((one) => one.user.id !== user);
}

const learn = (user: User): void => {
  users.value = users.peek()?.map((one) => (one.id === user.id ? user : one));
};

/** Resolves with a text when it did not work. `key`: the same for what is sent again. */
export async function add(user: NewUser, key: string): Promise<string | undefined> {
  try {
    tell((await rest.write<UserWithPassword>('/api/users', user, { key })).body);
    say(words.added(user.name));
    await readUsers();
    return undefined;
  } catch (error) {
    return textOf(error);
  }
}

export async function giveNewPassword({ id, name }: User): Promise<string | undefined> {
  try {
    const path = `/api/users/${id}/set-password`;
    tell((await rest.write<UserWithPassword>(path, {}, { key: newKey() })).body);
    say(words.didPassword(name));
    return undefined;
  } catch (error) {
    return textOf(error);
  }
}

export async function turn({ id, name }: User, disabled: boolean): Promise<string | undefined> {
  try {
    const { body } = await rest.write<ChangedUser>(`/api/users/${id}/${disabled ? 'disable' : 'enable'}`, {});
    learn(body.user);
    say(disabled ? words.didDisable(name, body.sessions) : words.didEnable(name));
    return undefined;
  } catch (error) {
    return textOf(error);
  }
}

function textOf(error: unknown): string {
  const code = codeOf(error);
  if (code === 'login_taken') return words.loginTaken;
  const faults = error instanceof ProblemError ? error.details['errors'] : undefined;
  const [first] = Array.isArray(faults) ? (faults as { readonly path?: string }[]) : [];
  const [field] = /^\/\w+/.exec(first?.path ?? '') ?? [''];
  return words.rules[field] ?? problemText(code);
}
