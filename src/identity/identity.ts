/** Signing in, up and out; who a token belongs to. */

import { AndonError } from '../errors.ts';
import type { Keys } from '../hot/keys.ts';
import type { Queryable } from '../log/statement.ts';
import type { Directory } from './directory.ts';
import { LogInLimit } from './log-in-limit.ts';
import { hashPassword, passwordFits } from './passwords.ts';
import { putPerson } from './people.ts';
import type { Person, Principal } from './principal.ts';
import type { RedisCommands } from './redis-commands.ts';
import { type Revoked, Sessions } from './sessions.ts';
import { type Tokens, unauthenticated } from './tokens.ts';
import { addUser, type UserWithHash, userByLogin } from './users.ts';

export interface IdentityOptions {
  readonly pool: Queryable;
  readonly redis: RedisCommands;
  readonly keys: Keys;
  readonly tokens: Tokens;
  readonly directory: Directory;
  readonly revocations: Revoked;
  /** Life of a token, milliseconds. */
  readonly sessionMs: number;
  /** Wrong log-ins a minute, per login and address. */
  readonly logInTries: number;
}

/** Just signed in or renewed. */
export interface Signed {
  readonly token: string;
  readonly principal: Principal;
}

export interface Credentials {
  readonly login: string;
  readonly password: string;
  /** Where from: an IP address. */
  readonly address: string;
}

export class Identity {
  readonly #options: IdentityOptions;
  readonly sessions: Sessions;
  readonly #limit: LogInLimit;

  constructor(options: IdentityOptions) {
    this.#options = options;
    this.sessions = new Sessions(options.pool, options.redis, options.keys, options.revocations);
    this.#limit = new LogInLimit(options.redis, options.keys, options.logInTries);
  }

  /** Throws `unauthenticated`, or `too_many` once there were too many wrong ones, whatever the password. */
  async logIn({ login, password, address }: Credentials): Promise<Signed> {
    const outcome = await this.#limit.guard(login, address, async () => {
      const user = await userByLogin(this.#options.pool, login);
      const fits = await passwordFits(password, user?.hash);
      return fits ? user : undefined;
    });
    if (outcome === 'limited') {
      const details = { limit: this.#options.logInTries, retryAfterSeconds: 60 };
      throw new AndonError('too_many', 'too many wrong log-ins', { retry: 'later', expose: true, details });
    }
    const signed = outcome === 'wrong' ? undefined : await this.#open(outcome);
    if (signed === undefined) throw unauthenticated('login or password is wrong');
    return signed;
  }

  /** A new user of this role, signed in. Throws `login_taken`. */
  async signUp(
    { name, contact, login, password }: { name: string; contact: string; login: string; password: string },
    role: string,
  ): Promise<Signed> {
    const { pool } = this.#options;
    const hash = await hashPassword(password);
    const person = await addUser(pool, { login, name, roles: [role], hash });
    if (person === undefined) throw new AndonError('login_taken', 'this login is taken', { expose: true });
    await putPerson(pool, { id: person.id, name, contact });
    const signed = await this.#open({ person, hash });
    if (signed === undefined) throw unauthenticated('the account was changed meanwhile');
    return signed;
  }

  /** Throws `unauthenticated` unless the token is ours and its session lives. */
  async principalOf(token: string): Promise<Principal> {
    const { sub, sid, expiresAt } = await this.#options.tokens.verify(token);
    const person = await this.sessions.look(sid);
    if (person === undefined || person.id !== sub) throw unauthenticated('the session has ended');
    this.#options.directory.learn(person);
    return { ...person, sid, expiresAt };
  }

  async renew({ sid, expiresAt: _, ...person }: Principal): Promise<Signed> {
    const expiresAt = this.#end();
    if (!(await this.sessions.extend(sid, expiresAt))) throw unauthenticated('the session has ended');
    return this.#signed(person, sid, expiresAt);
  }

  async logOut(principal: Principal): Promise<void> {
    await this.sessions.revoke(principal.sid);
  }

  /** undefined: the account was changed while the password was checked. */
  async #open({ person, hash }: UserWithHash): Promise<Signed | undefined> {
    const expiresAt = this.#end();
    const sid = await this.sessions.open(person, hash, expiresAt);
    if (sid === undefined) return undefined;
    this.#options.directory.learn(person);
    return this.#signed(person, sid, expiresAt);
  }

  async #signed(person: Person, sid: string, expiresAt: number): Promise<Signed> {
    const token = await this.#options.tokens.sign({ sub: person.id, sid, expiresAt });
    return { token, principal: { ...person, sid, expiresAt } };
  }

  /** A whole second: a token can't say less. */
  #end(): number {
    return Math.ceil((Date.now() + this.#options.sessionMs) / 1_000) * 1_000;
  }
}
