/**
 * Work that needs the product itself (roles, actors) and not only its servers. The launcher may not import it, so it
 * runs `node src/main.ts admin <request as JSON>`, which prints its answer as JSON in its last line and exits 0, or
 * says what is wrong in its last line of stderr and exits otherwise.
 *
 *   {do: 'first-users', site}                     one supervisor of the site and one engineer, if there is no user yet
 *   {do: 'add-users', role, site?, count, limit?} the operators among them as actors too: all skills, off shift
 *   {do: 'add-key', partner, scopes?, days?}      {id, partner, partnerId, apiKey}
 *   {do: 'revoke-key', id}                        {id, revoked: true}
 *   {do: 'list-keys'}                             [{id, partner, partnerId, scopes, createdAt, expiresAt, revokedAt}]
 *   {do: 'list-jobs', state?, kind?, limit}        as GET /api/jobs
 *   {do: 'redrive-jobs', id? or kind?}            {redriven}; without an id all that are dead
 *
 * The first two answer with the users made: [{role, site or null, login, password}].
 */
import { execFile } from 'node:child_process';
import { AndonError } from '../errors.ts';
import type { NewUser } from './logins.ts';
import type { Place } from './place.ts';
import { entryFile } from './programs.ts';
import { type Env, processEnv } from './settings.ts';

export type AdminRequest =
  | { readonly do: 'first-users'; readonly site: string }
  | {
      readonly do: 'add-users';
      readonly role: string;
      readonly site?: string;
      readonly count: number;
      readonly limit?: number;
    }
  | { readonly do: 'add-key'; readonly partner: string; readonly scopes?: readonly string[]; readonly days?: number }
  | { readonly do: 'revoke-key'; readonly id: string }
  | { readonly do: 'list-keys' }
  | { readonly do: 'list-jobs'; readonly state?: string; readonly kind?: string; readonly limit: number }
  | { readonly do: 'redrive-jobs'; readonly id?: string; readonly kind?: string };

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

/** One that crashed says more than in one line, and nothing in its last. */
const lastWords = (stderr: string): string =>
  /^Node\.js v/m.test(stderr) ? stderr.trim().split('\n').slice(-15).join('\n') : lastLine(stderr);

function isUser(value: unknown): value is NewUser {
  if (typeof value !== 'object' || value === null) return false;
  const of = value as Record<string, unknown>;
  return ['role', 'login', 'password'].every((key) => typeof of[key] === 'string');
}

/** The answer to a request for users; undefined: it is none. */
export function usersIn(answer: unknown): NewUser[] | undefined {
  if (!Array.isArray(answer) || !answer.every(isUser)) return undefined;
  return answer.map(({ role, site, login, password }) => ({ role, site: site ?? null, login, password }));
}

/** `read`: undefined for what is no answer to this request. */
export function askAdmin<T>(
  place: Place,
  settings: Readonly<Record<string, string>>,
  env: Env,
  request: AdminRequest,
  read: (answer: unknown) => T | undefined,
  stop?: AbortSignal,
): Promise<T> {
  const options = {
    cwd: place.root,
    env: processEnv(env, settings) as NodeJS.ProcessEnv,
    maxBuffer: 64 * 1024 * 1024,
    ...(stop === undefined ? {} : { signal: stop }),
  };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [entryFile(env), 'admin', JSON.stringify(request)], options, (error, stdout, stderr) => {
      if (error !== null) {
        const said = lastWords(stderr) || lastLine(stdout) || error.message;
        return reject(new AndonError('admin_failed', said, { expose: true, cause: error }));
      }
      try {
        const answer = read(JSON.parse(lastLine(stdout)));
        if (answer === undefined) throw new Error(`not what was asked for: ${lastLine(stdout)}`);
        resolve(answer);
      } catch (cause) {
        reject(new AndonError('admin_failed', `${request.do}: its answer can't be read`, { expose: true, cause }));
      }
    });
  });
}
