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

const isHere = (origin: string): boolean =>
  LOOPBACK.test(URL.canParse(origin) ? new URL(origin).hostname.replace(/^\[|\]$/g, '') : '');

/** The setting that tells that others can come in, by the port itself or through a proxy; undefined: none does. */
function wayIn({ host }: Place, env: Env): string | undefined {
  if (!LOOPBACK.test(host)) return `ANDON_HOST=${host}`;
  const proxies = given(env, 'ANDON_PROXIES');
  if (proxies !== undefined) return `ANDON_PROXIES=${proxies}`;
  const origins = given(env, 'ANDON_ORIGINS') ?? '';
  const far = origins
    .split(',')
    .map((origin) => origin.trim())
    .find((origin) => origin !== '' && !isHere(origin));
  return far && `ANDON_ORIGINS=${far}`;
}

/** Throws `exposed`. */
export function checkHidden(place: Place, { demo, force }: Fleet, env: Env): void {
  const way = demo === undefined || force ? undefined : wayIn(place, env);
  if (way === undefined) return;
  throw new AndonError(
    'exposed',
    `--demo makes users whose log-ins everybody knows, and ${way} tells that others can come in. ` +
      `Leave ${way.split('=')[0]} out, or insist with --force.`,
    { expose: true },
  );
}

/** Offers and drafts that nobody comes back for end while one still looks on. What was given by hand wins. */
const SHORT = { ANDON_PRICE_VALID_MS: '600000', ANDON_EXPIRE_MS: '900000' };

export const demoSettings = ({ demo }: Fleet, env: Env): Record<string, string> =>
  demo === 'all' ? Object.fromEntries(Object.entries(SHORT).map(([name, ms]) => [name, given(env, name) ?? ms])) : {};

const loginsIn = (answer: unknown): string[] | undefined =>
  Array.isArray(answer) ? answer.filter((one) => typeof one === 'string') : undefined;

type Options = {
  readonly place: Place;
  readonly fleet: Fleet;
  readonly env: Env;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
};

type Settings = Readonly<Record<string, string>>;

/** Makes the demo's people, or, where others can come in and there is no demo, disables who is left of one. */
export async function settleDemo(options: Options, settings: Settings): Promise<void> {
  if (options.fleet.demo !== undefined) return makeDemo(options, settings);
  const way = wayIn(options.place, options.env);
  if (way !== undefined) await endDemo(options, settings, way);
}

async function endDemo({ place, env, say, stop }: Options, settings: Settings, way: string): Promise<void> {
  const logins = castOf(sitesOf(settings['ANDON_TARIFFS'] ?? '')).map(({ login }) => login);
  const request = { do: 'end-demo', logins, partner: DEMO_PARTNER } as const;
  const ended = await askAdmin(place, settings, env, request, loginsIn, stop);
  if (ended.length > 0) say(`${way}: ${ended.length} users of a demo, and its partner, can't sign in any more`);
}

async function makeDemo({ place, fleet, env, stop }: Options, settings: Settings): Promise<void> {
  const sites = sitesOf(settings['ANDON_TARIFFS'] ?? '');
  const cast = castOf(sites);
  const kept = readLogins(place);
  const secretOf = (login: string): string | undefined => kept.find((one) => one.login === login)?.password;
  const users = cast.map(({ login, name, role, site }) => {
    const password = secretOf(login);
    return {
      ...{ login, name, role },
      ...(password === undefined ? {} : { password }),
      ...(site === undefined ? {} : { site }),
    };
  });
  const apiKey = kept.find(({ login }) => login === DEMO_PARTNER)?.apiKey;
  const partner = { name: DEMO_PARTNER, ...(apiKey === undefined ? {} : { apiKey }) };
  const alone = fleet.demo === 'all' && !fleet.force;
  const first = alone ? { first: [`supervisor-${sites[0]}-1`, 'engineer-1'] } : {};
  const request = { do: 'demo-users', users, partner, ...first } as const;
  const made = await askAdmin(place, settings, env, request, usersIn, stop);
  const demoOf = (login: string) =>
    login === DEMO_PARTNER ? 'played' : (cast.find((one) => one.login === login)?.demo ?? 'free');
  await addLogins(
    place,
    place.url,
    made.map((user) => ({ ...user, demo: demoOf(user.login) })),
  );
}
