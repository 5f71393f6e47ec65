/** What the launcher asks for: users, the operators among them as actors, keys of partners, jobs. */
import type { Pool } from 'pg';
import { isRole } from '../../actors/roles.ts';
import { AndonError } from '../../src/errors.ts';
import { addUsers } from '../../src/identity/users.ts';
import { type DemoRequest, demoAdmin, type MadeUser } from './demo.ts';
import { type Hiring, hire } from './hire.ts';
import { type JobAnswer, type JobRequest, type JobTools, jobAdmin } from './job-admin.ts';
import { type KeyAnswer, type KeyRequest, type KeyTools, keyAdmin } from './partner-keys.ts';
import { type UserAnswer, type UserRequest, type UserTools, userAdmin } from './user-admin.ts';

interface AddUsers {
  readonly role: string;
  readonly site?: string;
  readonly count: number;
  /** Most orders an operator may hold at once. */
  readonly limit?: number;
}

/** `first-users`: one supervisor of the site and one engineer, if there is no user yet. */
export type AdminRequest =
  | ({ readonly do: 'add-users' } & AddUsers)
  | { readonly do: 'first-users'; readonly site: string }
  | DemoRequest
  | KeyRequest
  | JobRequest
  | UserRequest;

export interface AdminTools extends KeyTools, Hiring, Pick<UserTools, 'endSessions'>, Pick<JobTools, 'audit'> {
  readonly pool: Pool;
  readonly sites: readonly string[];
}

const invalid = (text: string): AndonError => new AndonError('invalid', text, { expose: true });

/** Throws `invalid`, and for jobs `not_found` or `wrong_status`. */
export async function admin(
  tools: AdminTools,
  request: AdminRequest,
): Promise<MadeUser[] | readonly string[] | KeyAnswer | JobAnswer | UserAnswer> {
  if (request.do === 'add-users') return makeUsers(tools, request);
  if (request.do === 'demo-users' || request.do === 'end-demo') return demoAdmin(tools, request);
  if (request.do === 'list-jobs' || request.do === 'redrive-jobs') return jobAdmin(tools, request);
  if (
    request.do === 'set-password' ||
    request.do === 'disable-user' ||
    request.do === 'enable-user' ||
    request.do === 'list-users'
  )
    return userAdmin(tools, request);
  if (request.do !== 'first-users') return keyAdmin(tools, request);
  const { rowCount } = await tools.pool.query('SELECT FROM users LIMIT 1');
  if (rowCount !== 0) return [];
  const supervisor = await makeUsers(tools, { role: 'supervisor', site: request.site, count: 1 });
  return [...supervisor, ...(await makeUsers(tools, { role: 'engineer', count: 1 }))];
}

async function makeUsers(tools: AdminTools, { role, site, count, limit }: AddUsers): Promise<MadeUser[]> {
  const { pool, sites } = tools;
  if (!isRole(role) || role === 'system' || role === 'partner') throw invalid(`${role} is no role of a user`);
  if (site !== undefined && !sites.includes(site))
    throw invalid(`there is no site ${site}; sites are ${sites.join(', ')}`);
  if (role === 'operator' && site === undefined) throw invalid('an operator needs a site');
  const users = await addUsers(pool, { role, count, ...(site === undefined ? {} : { site }) });
  if (role === 'operator')
    await Promise.all(
      users.map((user) => hire(tools, { id: user.id, site: site ?? '', ...(limit === undefined ? {} : { limit }) })),
    );
  return users.map(({ login, password }) => ({ role, site: site ?? null, login, password }));
}
