/**
 * One request of one route, in the order that the surface promises:
 * 401 · 429 · 413, 415, 400 · 404 (not the caller's) · 403 (role, origin) · 422 (shape) · 428 · then the handler.
 * With a key of a partner 429 is by its quota, and 403 also by the key's scopes.
 * Nothing is looked up for a request that passes: only before a 403, 422 or 428 is told, `exists` is asked.
 */
import type { IncomingMessage } from 'node:http';
import { AndonError, codeOf } from '../errors.ts';
import type { Principal } from '../identity/principal.ts';
import { unauthenticated } from '../identity/tokens.ts';
import { addressOf, isLoopback, isSecure, networkOf } from './address.ts';
import { type Credentials, credentialsOf } from './credentials.ts';
import { badOrigin, forbidden, forbiddenScope, keyRequired, notFound, tooMany } from './fail.ts';
import { readJson, refuseEncoded } from './json-body.ts';
import type { KeyGate } from './key-gate.ts';
import type { RateLimit } from './rate-limit.ts';
import { traceOf, writeHeaders } from './request-headers.ts';
import { type Asked, type Call, type Fields, LINK, type Reply, type Route, type Tell } from './route.ts';
import { checker, queryReader, refuseFaults } from './validate.ts';

export interface ServeOptions {
  /** Throws `unauthenticated`. */
  principalOf(token: string): Promise<Principal>;
  readonly origins: ReadonlySet<string>;
  readonly proxies: readonly string[];
  readonly rate: RateLimit;
  /** For routes that need a partner's key; without it they take none. */
  readonly keys?: KeyGate;
}

export interface Incoming {
  readonly request: IncomingMessage;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly tell: Tell;
}

export type Serve = (incoming: Incoming) => Promise<Reply>;

/** Compiles the schemas of a route once. */
export function serveRoute(route: Route, options: ServeOptions): Serve {
  const { endpoint } = route;
  const checkBody = endpoint.body && checker(endpoint.body);
  const readQuery = endpoint.query && queryReader(endpoint.query);

  const check = (incoming: Incoming, asked: Asked, credentials: Credentials | undefined, body: Fields): Call => {
    const { request } = incoming;
    if (!hasRole(endpoint.roles, asked.principal) || route.allowed?.(asked) === false) throw forbidden();
    if (endpoint.scope !== undefined && asked.principal?.scopes?.includes(endpoint.scope) !== true)
      throw forbiddenScope(endpoint.scope);
    if (endpoint.method !== 'GET') checkOrigin(request.headers.origin, credentials, options.origins);
    const { fields: query, faults } = readQuery?.(incoming.query) ?? noQuery(incoming.query);
    const write = writeHeaders(request.headers);
    refuseFaults([...faults, ...(endpoint.key ? write.faults : []), ...(checkBody?.(body) ?? [])]);
    refuseFaults(route.faults?.(asked, body) ?? []);
    if (endpoint.key === 'required' && write.key === undefined) throw keyRequired();
    let trace: string | undefined;
    return {
      ...asked,
      query,
      body,
      get source() {
        return request.iterator({ destroyOnReturn: false });
      },
      key: write.key,
      expectedVersion: write.expectedVersion,
      get trace() {
        trace ??= traceOf(request.headers); // reads want none
        return trace;
      },
      address: addressOf(request, options.proxies),
      secure: isSecure(request, options.proxies),
      header: (name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? value : undefined;
      },
      tell: incoming.tell,
      onGone: (act) => {
        request.socket.once('close', act);
        return () => request.socket.off('close', act);
      },
    };
  };

  return async (incoming) => {
    const { request, params, tell } = incoming;
    const credentials = credentialsOf(request.headers);
    const address = addressOf(request, options.proxies);
    const principal = await callerOf(endpoint.access, incoming.query, credentials, address, options);
    if (endpoint.access === 'key' && principal !== undefined) await options.keys?.count(principal.tenant, tell);
    else limit(principal?.id, address, options.rate);
    if (endpoint.raw) refuseEncoded(request);
    const body = endpoint.body === undefined ? {} : await readJson(request);
    const asked: Asked = { params, principal };
    let call: Call;
    try {
      call = check(incoming, asked, endpoint.access === 'anyone' ? undefined : credentials, body);
    } catch (error) {
      if (error instanceof AndonError && route.exists && !(await route.exists(asked))) throw notFound();
      throw error;
    }
    return route.handle(call);
  };
}

/** undefined = anybody. Who shows a link is a guest, if not signed in; its link is the handler's to judge. */
async function callerOf(
  access: Route['endpoint']['access'],
  query: URLSearchParams,
  credentials: Credentials | undefined,
  address: string,
  options: ServeOptions,
): Promise<Principal | undefined> {
  if (access === 'anyone') return undefined;
  if (access === 'key') return keyHolder(credentials, address, options);
  if (access === 'session' || !query.has(LINK)) return signedIn(credentials, address, options);
  if (credentials === undefined) return undefined;
  return options.principalOf(credentials.token).catch((error: unknown) => {
    if (codeOf(error) === 'unauthenticated') return undefined; // a session that has ended takes nothing from the link
    throw error;
  });
}

function signedIn(credentials: Credentials | undefined, address: string, options: ServeOptions): Promise<Principal> {
  const shown = credentials === undefined ? noSession() : options.principalOf(credentials.token);
  return tried(shown, address, options);
}

function keyHolder(credentials: Credentials | undefined, address: string, options: ServeOptions): Promise<Principal> {
  const { keys } = options;
  const shown = credentials?.by === 'bearer' && keys ? keys.holderOf(credentials.token) : noKey();
  return tried(shown, address, options);
}

const noSession = (): Promise<never> => Promise.reject(unauthenticated('sign in first'));
const noKey = (): Promise<never> => Promise.reject(unauthenticated('this needs a key of a partner'));

/** Whoever tries out tokens or keys is limited by address. */
async function tried(principal: Promise<Principal>, address: string, options: ServeOptions): Promise<Principal> {
  try {
    return await principal;
  } catch (error) {
    limit(undefined, address, options.rate);
    throw error;
  }
}

/** Per user; who is not signed in counts by address, and nobody by one of this machine. */
function limit(user: string | undefined, address: string, rate: RateLimit): void {
  if (user === undefined && isLoopback(address)) return;
  if (!rate.take(user ?? networkOf(address))) throw tooMany(rate.perSecond, 'too many requests a second');
}

const hasRole = (roles: readonly string[] | undefined, principal: Principal | undefined): boolean =>
  roles === undefined || principal?.roles.some((role) => roles.includes(role)) === true;

/** With a cookie the Origin must be ours; without one, as in a log-in, a foreign page still may not send it. */
function checkOrigin(origin: string | undefined, credentials: Credentials | undefined, own: ReadonlySet<string>): void {
  if (credentials?.by === 'bearer') return;
  if (origin === undefined ? credentials?.by === 'cookie' : !own.has(origin)) throw badOrigin();
}

function noQuery(query: URLSearchParams) {
  const faults = [...new Set(query.keys())].map((name) => ({ path: `/${name}`, rule: 'unknown field' }));
  return { fields: {}, faults };
}
