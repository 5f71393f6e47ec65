/**
 * `up --demo`: users that everybody knows, and a process that plays some of them. Invariants: the same data gets them once,
 * however often it is started; none of it is reachable from elsewhere unless somebody insists.
 */
import { AndonError } from '../errors.ts';
import { askAdmin, usersIn } from './admin.ts';
import { castOf, DEMO_PARTNER } from './demo-cast.ts';
import type { Fleet } from './fleet.ts';
import { addLogins, readLogins } from './logins.ts';
import type { Place } from './place.ts';
import { type Env, given } from './settings.ts';
import { sitesOf } from './sites.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Throws `exposed`. */
export function checkHidden({ host }: Place, { demo }: Fleet, force: boolean): void {
  if (demo === undefined || force || LOOPBACK.test(host)) return;
  throw new AndonError(
    'exposed',
    `--demo makes users whose log-ins everybody knows, and ANDON_HOST=${host} can be reached from elsewhere. ` +
      'Leave ANDON_HOST out, or insist with --force.',
    { expose: true },
  );
}

/** Offers and drafts that nobody comes back for end while one still looks on. What was given by hand wins. */
const SHORT = { ANDON_PRICE_VALID_MS: '600000', ANDON_EXPIRE_MS: '900000' };

export const demoSettings = ({ demo }: Fleet, env: Env): Record<string, string> =>
  demo === 'all' ? Object.fromEntries(Object.entries(SHORT).map(([name, ms]) => [name, given(env, name) ?? ms])) : {};

const keyIn = (answer: unknown): string | undefined => {
  if (typeof answer !== 'object' || answer === null || !('apiKey' in answer)) return undefined;
  return typeof answer.apiKey === 'string' ? answer.apiKey : undefined;
};

/** Makes who is missing. Who is there, but whose password is kept nowhere, gets a new one. */
export async function settleDemo(
  place: Place,
  settings: Readonly<Record<string, string>>,
  env: Env,
  stop: AbortSignal,
): Promise<void> {
  const cast = castOf(sitesOf(settings['ANDON_TARIFFS'] ?? ''));
  const kept = readLogins(place);
  const users = cast.map(({ login, name, role, site }) => ({
    ...{ login, name, role, known: kept.some((one) => one.login === login) },
    ...(site === undefined ? {} : { site }),
  }));
  const made = await askAdmin(place, settings, env, { do: 'demo-users', users }, usersIn, stop);
  const demoOf = (login: string) => cast.find((one) => one.login === login)?.demo ?? 'free';
  await addLogins(
    place,
    place.url,
    made.map((user) => ({ ...user, demo: demoOf(user.login) })),
  );
  if (kept.some(({ apiKey }) => apiKey !== undefined)) return;
  const apiKey = await askAdmin(place, settings, env, { do: 'add-key', partner: DEMO_PARTNER }, keyIn, stop);
  const partner = { role: 'partner', site: null, login: DEMO_PARTNER, password: '', apiKey, demo: 'played' } as const;
  await addLogins(place, place.url, [partner]);
}
