/**
 * Accounts over REST, for who looks after them. Whom the caller does not look after is not there for it. Whoever changes an
 * account is named in the log of this process, by id, as soon as it is changed: what is still to be done may fail. Passwords
 * are told once and logged never.
 */
import { inCharge, needsSite, rolesUnder } from '../../actors/staff.ts';
import { badCursor, type Fault } from '../../src/errors.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { forbidden, notFound, tooMany } from '../../src/http/fail.ts';
import { RateLimit } from '../../src/http/rate-limit.ts';
import type { Asked, Call, Fields, Route } from '../../src/http/route.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { type ListedUser, listStaff, setDisabled, userById } from '../../src/identity/user-changes.ts';
import * as contract from '../contract/users.ts';
import { hireMade, makeUser, type NewAccounts, newPassword, shown } from './user-accounts.ts';

export interface UserDeps extends NewAccounts {
  /** Ids of all sites. */
  sites(): readonly string[];
  /** Ends all sessions of a user, on every node; returns how many. */
  endSessions(user: string): Promise<number>;
  /** A line of the log that says who did what. */
  audit(what: string, details: Readonly<Record<string, unknown>>): void;
}

const PAGE = 50;
/** Per caller and node. */
const CHANGES_A_MINUTE = 60;

export function userRoutes(deps: UserDeps): Route[] {
  const { pool, endSessions, audit } = deps;
  const changes = new RateLimit(CHANGES_A_MINUTE, () => performance.now() / 60);
  const count = (call: Call): void => {
    if (!changes.take(principalIn(call).id))
      throw tooMany(CHANGES_A_MINUTE, 'too many changes of accounts a minute', Math.ceil(60 / CHANGES_A_MINUTE));
  };
  const told = (call: Call, what: string, user: ListedUser, more: Fields = {}): void =>
    audit(what, { by: principalIn(call).id, user: user.id, ...more, trace: call.trace });
  const exists = async (asked: Asked): Promise<boolean> =>
    rolesUnder(principalIn(asked).roles).length === 0 || (await lookedAfter(deps, asked)) !== undefined;

  const turn = async (call: Call, disabled: boolean) => {
    count(call);
    const { user } = await known(deps, call);
    const changed = (await setDisabled(pool, user.login, disabled)) ?? user;
    told(call, disabled ? 'user_disabled' : 'user_enabled', user);
    const sessions = disabled ? await endSessions(user.id) : 0;
    return { body: { user: shown(changed), sessions } satisfies contract.ChangedUser };
  };

  return [
    {
      endpoint: contract.listUsers,
      handle: async (call) => {
        const caller = principalIn(call);
        const { site = caller.site, q: part, limit = PAGE, cursor } = call.query as contract.UsersQuery;
        if (caller.site !== undefined && site !== caller.site) throw forbidden();
        const found = await listStaff(pool, {
          roles: rolesUnder(caller.roles),
          ...(site === undefined ? {} : { site }),
          ...(part === undefined ? {} : { part }),
          after: cursor === undefined ? '' : loginIn(cursor),
          limit: limit + 1,
        });
        const last = found.length > limit ? found[limit - 1] : undefined;
        return { body: { items: found.slice(0, limit).map(shown), next: last === undefined ? null : cursorOf(last) } };
      },
    },
    {
      endpoint: contract.addUser,
      faults: (asked, body) => faultsOf(principalIn(asked), body as contract.NewUser, deps.sites()),
      handle: async (call) => {
        count(call);
        const { made, replay, password } = await makeUser(
          deps,
          principalIn(call),
          call.body as contract.NewUser,
          call.key,
        );
        if (!replay) told(call, 'user_added', made, { roles: made.roles, site: made.site });
        await hireMade(deps, made);
        return { body: { user: shown(made), password }, headers: replayed(replay) };
      },
    },
    {
      endpoint: contract.setPassword,
      exists,
      handle: async (call) => {
        count(call);
        const { user } = await known(deps, call);
        const { password, replay } = await newPassword(deps, principalIn(call), user, call.key);
        if (!replay) told(call, 'password_set', user);
        // Also on a repeat: the first may have come no further than the password.
        await endSessions(user.id);
        return { body: { user: shown(user), password }, headers: replayed(replay) };
      },
    },
    { endpoint: contract.disableUser, exists, handle: (call) => turn(call, true) },
    { endpoint: contract.enableUser, exists, handle: (call) => turn(call, false) },
  ];
}

const replayed = (replay: boolean): Record<string, string> => (replay ? { 'Idempotent-Replay': 'true' } : {});

async function lookedAfter({ pool }: Pick<UserDeps, 'pool'>, asked: Asked) {
  const found = await userById(pool, idIn(asked));
  return found !== undefined && inCharge(principalIn(asked), found.user) ? found : undefined;
}

async function known(deps: UserDeps, call: Call) {
  const found = await lookedAfter(deps, call);
  if (found === undefined) throw notFound();
  return found;
}

/** What the schema can't say: the roles are the caller's to give, the site is one, and where it must be. */
function faultsOf(
  caller: Principal,
  { roles, site = caller.site }: contract.NewUser,
  sites: readonly string[],
): Fault[] {
  const mine = rolesUnder(caller.roles);
  const faults = roles.flatMap((role, n) =>
    mine.includes(role) ? [] : [{ path: `/roles/${n}`, rule: 'not yours to give' }],
  );
  if (site === undefined)
    return needsSite(roles) ? [...faults, { path: '/site', rule: 'an operator needs one' }] : faults;
  if (!sites.includes(site)) return [...faults, { path: '/site', rule: 'no such site' }];
  if (caller.site !== undefined && site !== caller.site) return [...faults, { path: '/site', rule: 'not your site' }];
  return faults;
}

/** No cursor of another list begins so. */
const MARK = 'user ';

const cursorOf = ({ login }: ListedUser): string => Buffer.from(`${MARK}${login}`).toString('base64url');

function loginIn(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  const login = text.slice(MARK.length);
  if (text === `${MARK}${login}` && cursorOf({ login } as ListedUser) === cursor) return login;
  throw badCursor();
}
