/**
 * Work that needs the product itself (roles, actors) and not only its servers. The launcher may not import it, so it
 * runs `node src/main.ts admin <request as JSON>`, which prints its answer as JSON in its last line and exits 0, or
 * says what is wrong in its last line of stderr and exits otherwise. What it prints before is its log: `admin.log`, so that
 * who did what stands there.
 *
 *   {do: 'first-users', site}                     one supervisor of the site and one engineer, if there is no user yet
 *   {do: 'add-users', role, site?, count, limit?} the operators among them as actors too: all skills, off shift
 *   {do: 'demo-users', users, partner, first?}    those of a demo: who is missing, disabled, or has another password
 *   {do: 'end-demo', logins, partner}             [login]: those of a demo who could sign in; now they can't
 *   {do: 'set-password', login}                   {id, login, role, site, password}; ends the user's sessions
 *   {do: 'disable-user' or 'enable-user', login}  {id, login, ...} as in the list
 *   {do: 'list-users'}                            [{id, login, name, roles, site, createdAt, disabledAt}]
 *   {do: 'add-key', partner, scopes?, days?}      {id, partner, partnerId, apiKey}
 *   {do: 'revoke-key', id}                        {id, revoked: true}
 *   {do: 'list-keys'}                             [{id, partner, partnerId, scopes, createdAt, expiresAt, revokedAt}]
 *   {do: 'list-jobs', state?, kind?, limit}        as GET /api/jobs
 *   {do: 'redrive-jobs', id? or kind?}            {redriven}; without an id all that are dead
 *   {do: 'rebuild', view, site?}                  what was found, per view; before, lines {progress: text}
 *   {do: 'adopt-views'}                           {orders, captured, cards, contents, forgotten, faults}; lines as before
 *
 * `demo-users` holds passwords: it is asked as `-`, and comes by stdin. The first three answer with the users made: [{role, site or null, login, password, apiKey?}].
 */
import { execFile } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { AndonError } from '../errors.ts';
import { freshLog } from './log-files.ts';
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
  | {
      readonly do: 'demo-users';
      readonly users: readonly {
        readonly login: string;
        readonly name: string;
        readonly role: string;
        readonly site?: string;
        readonly password?: string;
      }[];
      readonly partner: { readonly name: string; readonly apiKey?: string };
      /** Absent: they may come to wherever others work. */
      readonly first?: readonly string[];
    }
  | { readonly do: 'end-demo'; readonly logins: readonly string[]; readonly partner: string }
  | { readonly do: 'set-password' | 'disable-user' | 'enable-user'; readonly login: string }
  | { readonly do: 'list-users' }
  | { readonly do: 'add-key'; readonly partner: string; readonly scopes?: readonly string[]; readonly days?: number }
  | { readonly do: 'revoke-key'; readonly id: string }
  | { readonly do: 'list-keys' }
  | { readonly do: 'list-jobs'; readonly state?: string; readonly kind?: string; readonly limit: number }
  | { readonly do: 'redrive-jobs'; readonly id?: string; readonly kind?: string }
  | { readonly do: 'rebuild'; readonly view: string; readonly site?: string }
  | { readonly do: 'adopt-views' };

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
  return answer.map(({ role, site, login, password, apiKey }) => ({
    ...{ role, site: site ?? null, login, password },
    ...(apiKey === undefined ? {} : { apiKey }),
  }));
}

/** All but the answer. */
function keepLog(place: Place, stdout: string): void {
  const lines = stdout.trimEnd().split('\n').slice(0, -1);
  if (lines.length === 0 || !existsSync(place.logs)) return;
  appendFileSync(freshLog(place, 'admin'), `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** What is said on the way. */
function progressIn(line: string): string | undefined {
  if (!line.startsWith('{"progress":')) return undefined;
  const { progress } = JSON.parse(line) as { readonly progress: unknown };
  return typeof progress === 'string' ? progress : undefined;
}

/** `read`: undefined for what is no answer to this request. `told`: is told what is said on the way. */
export function askAdmin<T>(
  place: Place,
  settings: Readonly<Record<string, string>>,
  env: Env,
  request: AdminRequest,
  read: (answer: unknown) => T | undefined,
  stop?: AbortSignal,
  told?: (progress: string) => void,
): Promise<T> {
  const options = {
    cwd: place.root,
    env: processEnv(env, settings) as NodeJS.ProcessEnv,
    maxBuffer: 64 * 1024 * 1024,
    ...(stop === undefined ? {} : { signal: stop }),
  };
  const asked = JSON.stringify(request);
  const hidden = request.do === 'demo-users';
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [entryFile(env), 'admin', hidden ? '-' : asked],
      options,
      (error, stdout, stderr) => {
        if (error !== null) {
          const said = lastWords(stderr) || lastLine(stdout) || error.message;
          return reject(new AndonError('admin_failed', said, { expose: true, cause: error }));
        }
        keepLog(place, stdout);
        try {
          const answer = read(JSON.parse(lastLine(stdout)));
          if (answer === undefined) throw new Error(`not what was asked for: ${lastLine(stdout)}`);
          resolve(answer);
        } catch (cause) {
          reject(new AndonError('admin_failed', `${request.do}: its answer can't be read`, { expose: true, cause }));
        }
      },
    );
    child.stdin?.on('error', () => undefined); // it ended before: its exit tells why
    child.stdin?.end(hidden ? asked : '');
    if (told === undefined || child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const progress = progressIn(line);
      if (progress !== undefined) told(progress);
    });
  });
}
