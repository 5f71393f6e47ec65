/**
 * Work that needs the product itself (roles, actors) and not only its servers. The launcher may not import it, so it
 * runs `node src/main.ts admin <request as JSON>`, which prints its answer as JSON in its last line and exits 0, or
 * says what is wrong in its last line of stderr and exits otherwise.
 *
 *   {do: 'first-users', site}                     one supervisor of the site and one engineer, if there is no user yet
 *   {do: 'add-users', role, site?, count, limit?} the operators among them as actors too: all skills, off shift
 *
 * Both answer with the users made: [{role, site or null, login, password}].
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
    };

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

/** One that crashed says more than in one line, and nothing in its last. */
const lastWords = (stderr: string): string =>
  /^Node\.js v/m.test(stderr) ? stderr.trim().split('\n').slice(-15).join('\n') : lastLine(stderr);

function isUser(value: unknown): value is NewUser {
  if (typeof value !== 'object' || value === null) return false;
  const of = value as Record<string, unknown>;
  return ['role', 'login', 'password'].every((key) => typeof of[key] === 'string');
}

function readUsers(stdout: string): NewUser[] {
  const read: unknown = JSON.parse(lastLine(stdout));
  if (!Array.isArray(read) || !read.every(isUser)) throw new Error(`not a list of users: ${lastLine(stdout)}`);
  return read.map(({ role, site, login, password }) => ({ role, site: site ?? null, login, password }));
}

export function askAdmin(
  place: Place,
  settings: Readonly<Record<string, string>>,
  env: Env,
  request: AdminRequest,
  stop?: AbortSignal,
): Promise<NewUser[]> {
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
        resolve(readUsers(stdout));
      } catch (cause) {
        reject(new AndonError('admin_failed', `${request.do}: its answer can't be read`, { expose: true, cause }));
      }
    });
  });
}
