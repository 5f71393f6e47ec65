/**
 * The command line as one typed value. Invariant: an unknown command or flag, or a bad value, is an AndonError `usage`
 * that says what was expected (exit 2); nothing is ever ignored.
 */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { AndonError } from '../errors.ts';
import type { Fleet } from './fleet.ts';

export type Command =
  | ({ readonly name: 'up'; readonly detach: boolean } & Fleet)
  | { readonly name: 'down' }
  | { readonly name: 'status'; readonly json: boolean }
  | { readonly name: 'test'; readonly what: readonly string[] }
  | { readonly name: 'bench'; readonly what: readonly string[] }
  | { readonly name: 'logs'; readonly follow: boolean; readonly of: string | undefined }
  | ({ readonly name: 'users add'; readonly json: boolean } & NewUsers)
  | { readonly name: 'users passwd'; readonly login: string; readonly json: boolean }
  | { readonly name: 'users disable' | 'users enable'; readonly login: string }
  | { readonly name: 'users list'; readonly json: boolean }
  | ({ readonly name: 'keys add'; readonly json: boolean } & NewKey)
  | { readonly name: 'keys revoke'; readonly id: string }
  | { readonly name: 'keys list'; readonly json: boolean }
  | ({ readonly name: 'jobs'; readonly json: boolean } & WantedJobs)
  | { readonly name: 'jobs redrive'; readonly id: string | undefined; readonly kind: string | undefined }
  | ({ readonly name: 'rebuild' } & WantedRebuild)
  | { readonly name: 'backup'; readonly dir: string; readonly secrets: boolean }
  | { readonly name: 'restore'; readonly dir: string; readonly force: boolean }
  | { readonly name: 'adopt' }
  | { readonly name: 'migrate' }
  | { readonly name: 'version' }
  | { readonly name: 'help' };

export interface NewUsers {
  readonly role: string;
  readonly site: string | undefined;
  readonly count: number;
  /** Most orders that one of these operators holds at once; undefined = the usual. */
  readonly limit: number | undefined;
}

export interface NewKey {
  readonly partner: string;
  /** undefined = all there are. */
  readonly scopes: readonly string[] | undefined;
  /** undefined = it does not expire. */
  readonly days: number | undefined;
}

export interface WantedJobs {
  /** undefined = all there are. */
  readonly state: string | undefined;
  readonly kind: string | undefined;
}

export interface WantedRebuild {
  readonly view: string;
  /** undefined = all there are. */
  readonly site: string | undefined;
}

/** What can be made anew from the log. */
const VIEWS = ['orders', 'boards', 'partner-events', 'flow', 'all'] as const;

/** Who can log in with a password. Partners have keys instead. */
export const ROLES = ['buyer', 'operator', 'packer', 'quality', 'supervisor', 'crm', 'engineer', 'carrier'] as const;

/** Processes of one type on one machine; each wants memory and a processor, a web node a port too. */
const MOST_OF_A_TYPE = 32;
const MOST_USERS = 10_000;
const MOST_DAYS = 3_650;
const PARTNER = /^[\p{L}\p{N}][\p{L}\p{N} ._&-]{0,63}$/u;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const usage = (message: string): AndonError => new AndonError('usage', message, { expose: true });

const whole = (flag: string, text: string | undefined, least: number, most: number): number | undefined => {
  if (text === undefined) return undefined;
  const n = Number(text);
  if (!/^\d+$/.test(text) || n < least || n > most)
    throw usage(`${flag} must be a whole number from ${least} to ${most}`);
  return n;
};

function parse<T extends ParseArgsOptionsConfig>(command: string, args: readonly string[], options: T, most = 0) {
  try {
    const read = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const extra = read.positionals[most];
    if (extra !== undefined) throw usage(`${command} does not know what to do with "${extra}"`);
    return read;
  } catch (error) {
    if (error instanceof TypeError) throw usage(`${command}: ${error.message.split('. ')[0]}`);
    throw error;
  }
}

function users(args: readonly string[]): Command {
  const [what, ...rest] = args;
  const json = { type: 'boolean' } as const;
  switch (what) {
    case 'add':
      return newUsers(rest);
    case 'passwd': {
      const { values, positionals } = parse('users passwd', rest, { json }, 1);
      return { name: 'users passwd', login: loginOf('users passwd', positionals), json: values.json ?? false };
    }
    case 'disable':
    case 'enable':
      return {
        name: `users ${what}`,
        login: loginOf(`users ${what}`, parse(`users ${what}`, rest, {}, 1).positionals),
      };
    case 'list':
      return { name: 'users list', json: parse('users list', rest, { json }).values.json ?? false };
    default:
      throw usage(
        `${what === undefined ? 'users what?' : `there is no users ${what}.`} There is: users add, users passwd, users disable, users enable, users list`,
      );
  }
}

function loginOf(command: string, [login]: readonly string[]): string {
  if (login === undefined || login === '') throw usage(`${command} needs a login, as users list shows it`);
  return login;
}

function newUsers(rest: readonly string[]): Command {
  const { values } = parse('users add', rest, {
    role: { type: 'string' },
    site: { type: 'string' },
    count: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  });
  const role = values.role;
  if (role === undefined) throw usage(`users add needs --role, one of ${ROLES.join(', ')}`);
  if (role === 'partner') throw usage('partners have keys, no log-in');
  if (!ROLES.some((known) => known === role)) throw usage(`--role must be one of ${ROLES.join(', ')}`);
  const limit = whole('--limit', values.limit, 1, 1_000);
  if (limit !== undefined && role !== 'operator') throw usage('--limit is for operators');
  const count = whole('--count', values.count, 1, MOST_USERS) ?? 1;
  return { name: 'users add', role, site: values.site, count, limit, json: values.json ?? false };
}

function keys(args: readonly string[]): Command {
  const [what, ...rest] = args;
  const json = { type: 'boolean' } as const;
  switch (what) {
    case 'add': {
      const text = { type: 'string' } as const;
      const { values } = parse('keys add', rest, { partner: text, scopes: text, expires: text, json });
      const { partner } = values;
      if (partner === undefined) throw usage('keys add needs --partner, the name of a company');
      if (!PARTNER.test(partner))
        throw usage('--partner must be a name of 1 to 64 letters, digits, spaces and . _ & -');
      const scopes = values.scopes?.split(',').map((scope) => scope.trim());
      const days = whole('--expires', values.expires, 1, MOST_DAYS);
      return { name: 'keys add', partner, scopes, days, json: values.json ?? false };
    }
    case 'revoke': {
      const [id = ''] = parse('keys revoke', rest, {}, 1).positionals;
      if (!ID.test(id)) throw usage('keys revoke needs the id of a key, as keys list shows it');
      return { name: 'keys revoke', id };
    }
    case 'list':
      return { name: 'keys list', json: parse('keys list', rest, { json }).values.json ?? false };
    default:
      throw usage(
        `${what === undefined ? 'keys what?' : `there is no keys ${what}.`} There is: keys add, keys revoke, keys list`,
      );
  }
}

function jobs(args: readonly string[]): Command {
  const [first] = args;
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  if (first !== 'redrive') {
    const { state, kind, json = false } = parse('jobs', args, { state: text, kind: text, json: flag }).values;
    return { name: 'jobs', state, kind, json };
  }
  const { values, positionals } = parse('jobs redrive', args.slice(1), { all: flag, kind: text }, 1);
  const [id] = positionals;
  if ((id === undefined) === (values.all === undefined)) throw usage('jobs redrive needs the id of a job, or --all');
  if (id !== undefined && !ID.test(id)) throw usage('jobs redrive needs the id of a job, as jobs shows it');
  if (id !== undefined && values.kind !== undefined) throw usage('--kind goes with --all');
  return { name: 'jobs redrive', id, kind: values.kind };
}

function rebuild(args: readonly string[]): Command {
  const { values, positionals } = parse('rebuild', args, { site: { type: 'string' } }, 1);
  const [view] = positionals;
  if (!VIEWS.some((known) => known === view) || view === undefined)
    throw usage(`rebuild needs a view, one of ${VIEWS.join(', ')}`);
  if (values.site !== undefined && view !== 'boards' && view !== 'all') throw usage('--site is for boards');
  return { name: 'rebuild', view, site: values.site };
}

function folder(command: string, [dir]: readonly string[]): string {
  if (dir === undefined || dir === '') throw usage(`${command} needs the folder of a backup`);
  return dir;
}

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Command>> = {
  up(args) {
    const text = { type: 'string' } as const;
    const detach = { type: 'boolean', short: 'd' } as const;
    const words = args.map((arg) => (arg === '--demo' ? '--demo=all' : arg));
    const options = {
      detach,
      nodes: text,
      workers: text,
      keepers: text,
      demo: text,
      force: { type: 'boolean' } as const,
    };
    const { values } = parse('up', words, options);
    const many = (of: 'nodes' | 'workers' | 'keepers'): number => whole(`--${of}`, values[of], 1, MOST_OF_A_TYPE) ?? 1;
    const fleet = { nodes: many('nodes'), workers: many('workers'), keepers: many('keepers') };
    const { demo, force } = values;
    if (demo !== undefined && demo !== 'users' && demo !== 'all')
      throw usage('--demo stands alone, or is --demo=users');
    if (force && demo === undefined) throw usage('--force goes with --demo');
    return {
      name: 'up',
      detach: values.detach ?? false,
      ...fleet,
      ...(demo === undefined ? {} : { demo }),
      ...(force ? { force } : {}),
    };
  },
  down(args) {
    parse('down', args, {});
    return { name: 'down' };
  },
  status(args) {
    return { name: 'status', json: parse('status', args, { json: { type: 'boolean' } }).values.json ?? false };
  },
  test: (args) => ({ name: 'test', what: args }),
  bench: (args) => ({ name: 'bench', what: args }),
  logs(args) {
    const { values, positionals } = parse('logs', args, { follow: { type: 'boolean', short: 'f' } }, 1);
    return { name: 'logs', follow: values.follow ?? false, of: positionals[0] };
  },
  users,
  keys,
  jobs,
  rebuild,
  backup(args) {
    const { values, positionals } = parse('backup', args, { 'no-secrets': { type: 'boolean' } }, 1);
    return { name: 'backup', dir: folder('backup', positionals), secrets: values['no-secrets'] !== true };
  },
  restore(args) {
    const { values, positionals } = parse('restore', args, { force: { type: 'boolean' } }, 1);
    return { name: 'restore', dir: folder('restore', positionals), force: values.force ?? false };
  },
  adopt(args) {
    parse('adopt', args, {});
    return { name: 'adopt' };
  },
  migrate(args) {
    parse('migrate', args, {});
    return { name: 'migrate' };
  },
  version(args) {
    parse('version', args, {});
    return { name: 'version' };
  },
  help: () => ({ name: 'help' }),
};

export function readArguments(args: readonly string[]): Command {
  const [name = 'help', ...rest] = args;
  if (name === '-h' || name === '--help') return { name: 'help' };
  if (name === '--version') return { name: 'version' };
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw usage(`there is no command "${name}"`);
  if (name !== 'test' && name !== 'bench' && rest.some((arg) => arg === '-h' || arg === '--help'))
    return { name: 'help' };
  return command(rest);
}
