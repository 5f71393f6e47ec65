/**
 * One request of one route, in the order that the surface promises:
 * 401 · 429 · 413, 415, 400 · 404 (not the caller's) · 403 (role, origin) · 422 (shape) · 428 · then the handler.
 * Nothing is looked up for a request that passes: only before a 403, 422 or 428 is told, `exists` is asked.
 */
import type { IncomingMessage } from 'node:http';
import { AndonError } from '../errors.ts';
import type { Principal } from '../identity/principal.ts';
import { unauthenticated } from '../identity/tokens.ts';
import { addressOf, isLoopback, isSecure } from './address.ts';
import { type Credentials, credentialsOf } from './credentials.ts';
import { badOrigin, forbidden, keyRequired, notFound, tooMany } from './fail.ts';
import { readJson } from './json-body.ts';
import type { RateLimit } from './rate-limit.ts';
import { traceOf, writeHeaders } from './request-headers.ts';
import type { Asked, Call, Fields, Reply, Route } from './route.ts';
import { checker, queryReader, refuseFaults } from './validate.ts';

export interface ServeOptions {
  /** Throws `unauthenticated`. */
  principalOf(token: string): Promise<Principal>;
  readonly origins: ReadonlySet<string>;
  readonly proxies: readonly string[];
  readonly rate: RateLimit;
}

export interface Incoming {
  readonly request: IncomingMessage;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
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
    if (endpoint.method !== 'GET') checkOrigin(request.headers.origin, credentials, options.origins);
    const { fields: query, faults } = readQuery?.(incoming.query) ?? noQuery(incoming.query);
    const write = writeHeaders(request.headers);
    refuseFaults([...faults, ...(endpoint.key ? write.faults : []), ...(checkBody?.(body) ?? [])]);
    refuseFaults(route.faults?.(asked, body) ?? []);
    if (endpoint.key === 'required' && write.key === undefined) throw keyRequired();
    return {
      ...asked,
      query,
      body,
      source: request.iterator({ destroyOnReturn: false }),
      key: write.key,
      expectedVersion: write.expectedVersion,
      trace: traceOf(request.headers),
      address: addressOf(request, options.proxies),
      secure: isSecure(request, options.proxies),
      header: (name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? value : undefined;
      },
    };
  };

  return async (incoming) => {
    const { request, params } = incoming;
    const credentials = credentialsOf(request.headers);
    const address = addressOf(request, options.proxies);
    const principal = endpoint.access === 'session' ? await signedIn(credentials, address, options) : undefined;
    limit(principal?.id, address, options.rate);
    const body = endpoint.body === undefined ? {} : await readJson(request);
    const asked: Asked = { params, principal };
    let call: Call;
    try {
      call = check(incoming, asked, endpoint.access === 'session' ? credentials : undefined, body);
    } catch (error) {
      if (error instanceof AndonError && route.exists && !(await route.exists(asked))) throw notFound();
      throw error;
    }
    return route.handle(call);
  };
}

/** Whoever tries out tokens is limited by address. */
async function signedIn(
  credentials: Credentials | undefined,
  address: string,
  options: ServeOptions,
): Promise<Principal> {
  try {
    if (credentials === undefined) throw unauthenticated('sign in first');
    return await options.principalOf(credentials.token);
  } catch (error) {
    limit(undefined, address, options.rate);
    throw error;
  }
}

/** Per user; who is not signed in counts by address, and nobody by one of this machine. */
function limit(user: string | undefined, address: string, rate: RateLimit): void {
  if (user === undefined && isLoopback(address)) return;
  if (!rate.take(user ?? address)) throw tooMany(rate.perSecond, 'too many requests a second');
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
