/** `users add`: users of the Andon that is up, with random passwords; printed, and added to logins.json. */
import { AndonError } from '../errors.ts';
import { type AdminRequest, askAdmin, usersIn } from './admin.ts';
import { type NewUsers, usage } from './arguments.ts';
import { addLogins, loginTable } from './logins.ts';
import type { Place } from './place.ts';
import { reach } from './reach.ts';
import type { Env } from './settings.ts';
import { sitesOf } from './sites.ts';

/** Who works at one site; without --site at the first. */
const AT_A_SITE = new Set(['operator', 'packer', 'quality', 'supervisor']);

function siteFor(wanted: NewUsers, sites: readonly string[]): string | undefined {
  if (!AT_A_SITE.has(wanted.role)) {
    if (wanted.site !== undefined) throw usage(`a ${wanted.role} belongs to no site`);
    return undefined;
  }
  const site = wanted.site ?? sites[0];
  if (site === undefined || !sites.includes(site))
    throw new AndonError('unknown_site', `there is no site "${site}"; there are: ${sites.join(', ')}`, {
      expose: true,
    });
  return site;
}

export async function addUsers(
  place: Place,
  wanted: NewUsers & { readonly json: boolean },
  env: Env,
  print: (line: string) => void,
): Promise<number> {
  const run = reach(place, env);
  const site = siteFor(wanted, sitesOf(run.settings['ANDON_TARIFFS'] ?? ''));
  const request: AdminRequest = {
    do: 'add-users',
    role: wanted.role,
    count: wanted.count,
    ...(site === undefined ? {} : { site }),
    ...(wanted.limit === undefined ? {} : { limit: wanted.limit }),
  };
  const made = await askAdmin(place, run.settings, env, request, usersIn);
  const logins = await addLogins(place, run.url, made);
  if (wanted.json) print(JSON.stringify(logins, undefined, 2));
  else {
    for (const login of logins) for (const line of loginTable([login])) print(line);
    print(`Also in ${place.loginsFile}`);
  }
  return 0;
}
