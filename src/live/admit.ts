/**
 * Who is at the other end of a new socket. A token in `auth` counts always; the cookie of the upgrade request counts only
 * if the page that opened the socket is ours: a cookie comes along whoever started the request.
 */
import type { Socket } from 'socket.io';
import { addressOf, isLoopback, networkOf } from '../http/address.ts';
import { readCookie, SESSION_COOKIE } from '../http/cookies.ts';
import { forbidden, tooMany } from '../http/fail.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import type { Principal } from '../identity/principal.ts';
import { unauthenticated } from '../identity/tokens.ts';
import { forgetToken } from './slim.ts';
import type { Space } from './space.ts';
import { type Conn, cut } from './wire.ts';

export interface Admission {
  /** Throws `unauthenticated`. */
  principalOf(token: string): Promise<Principal>;
  readonly origins: ReadonlySet<string>;
  readonly proxies: readonly string[];
  /** Most connections per user, and per address of guests (not on loopback). */
  readonly socketsPerUser: number;
  /** Most connections per address, whoever they are of (not on loopback). */
  readonly socketsPerAddress: number;
  /** Counts together with the requests of the same users. */
  readonly rate: RateLimit;
}

/** A page joins one namespace of a connection, or two; it leaves with the connection. */
const MOST_JOINS = 20;

/** Connections per user or address. One connection counts once, whatever namespaces it joined. */
export class Connections {
  readonly #most: number;
  readonly #of = new Map<string, Set<unknown>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** false = too many. Forgotten when the connection closes. */
  take(who: string, { conn }: Pick<Socket, 'conn'>): boolean {
    const all = this.#of.get(who) ?? new Set();
    if (all.has(conn)) return true;
    if (all.size >= this.#most) return false;
    if (conn.readyState !== 'open') return true; // it will not come to anything
    this.#of.set(who, all.add(conn));
    conn.once('close', () => {
      all.delete(conn);
      if (all.size === 0 && this.#of.get(who) === all) this.#of.delete(who);
    });
    return true;
  }
}

export function admission(options: Admission): (socket: Socket, space: Space) => Promise<Principal | undefined> {
  const { rate, proxies } = options;
  const connections = new Connections(options.socketsPerUser);
  const joins = new WeakMap<Conn, number>();
  const count = (who: string | undefined): void => {
    if (who !== undefined && !rate.take(who)) throw tooMany(rate.perSecond, 'too many requests a second');
  };
  return async (socket, space) => {
    const tries = (joins.get(socket.conn) ?? 0) + 1;
    joins.set(socket.conn, tries);
    if (tries > MOST_JOINS) cut(socket.conn);
    const token = tokenOf(socket, options.origins);
    forgetToken(socket);
    if (token === undefined && !space.guests) throw unauthenticated('sign in first');
    const shown = token === undefined ? undefined : options.principalOf(token);
    const principal = await shown?.catch((error: unknown) => {
      count(callerOf(socket, undefined, proxies)); // as with requests: whoever tries out tokens is limited by address
      throw error;
    });
    if (principal !== undefined && !space.admits(principal)) throw forbidden();
    const who = callerOf(socket, principal, proxies);
    count(who);
    if (who !== undefined && !connections.take(who, socket)) throw tooMany(options.socketsPerUser, 'too many sockets');
    return principal;
  };
}

function tokenOf({ handshake }: Socket, own: ReadonlySet<string>): string | undefined {
  const { auth, headers } = handshake;
  const given: unknown = auth['token'];
  if (given !== undefined && given !== null) return String(given);
  if (headers.origin === undefined || !own.has(headers.origin)) return undefined;
  return readCookie(headers.cookie, SESSION_COOKIE) || undefined;
}

/** Whom limits count against; undefined = nobody: guests of this machine. */
export function callerOf(
  socket: Socket,
  principal: Principal | undefined,
  proxies: readonly string[],
): string | undefined {
  if (principal !== undefined) return principal.id;
  const address = addressOf(socket.request, proxies);
  return isLoopback(address) ? undefined : networkOf(address);
}
