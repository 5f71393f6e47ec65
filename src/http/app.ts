/**
 * The HTTP application of a web node: request ids, problems for every error, security headers, the routes, the pages.
 * Knows no route by itself; edges bring them.
 */
import Koa, { type Context } from 'koa';
import { isSecure } from './address.ts';
import { answer } from './answer.ts';
import { methodNotAllowed, notFound } from './fail.ts';
import type { Pages } from './pages.ts';
import { problemOf } from './problem.ts';
import { requestIdOf } from './request-headers.ts';
import type { Route } from './route.ts';
import { Routing } from './routing.ts';
import { SECURITY_HEADERS, TLS_ONLY } from './security-headers.ts';
import { type Serve, type ServeOptions, serveRoute } from './serve.ts';

export interface HttpLog {
  error(fields: object, text: string): void;
  debug(fields: object, text: string): void;
}

export interface AppOptions extends ServeOptions {
  readonly routes: readonly Route[];
  /** HTTP status of a code; undefined = not meant to be seen, 500. */
  statusOf(code: string): number | undefined;
  /** Served for what is no route. */
  readonly pages?: Pages;
  readonly log: HttpLog;
  /** Told of every answer. `route` is the pattern, never the path: no ids in labels. */
  answered?(route: string, method: string, status: number, ms: number): void;
}

interface Served {
  readonly serve: Serve;
  readonly path: string;
  readonly status: number;
}

const NO_QUERY = new URLSearchParams();
const SECURITY = Object.entries(SECURITY_HEADERS);

export function createApp(options: AppOptions): Koa {
  const app = new Koa();
  const routing = new Routing<Served>();
  for (const route of options.routes) {
    const { method, path, status } = route.endpoint;
    const methods = method === 'GET' ? ['HEAD', 'GET'] : [method];
    routing.add(methods, path, { serve: serveRoute(route, options), path, status });
  }
  app.use(guard(options, (ctx) => routed(ctx, routing, options)));
  // Everything is answered by `guard`; what still gets here is a connection that broke while answering.
  app.on('error', (error: unknown) => options.log.debug({ error }, 'connection broke'));
  return app;
}

async function routed(ctx: Context, routing: Routing<Served>, { pages }: AppOptions): Promise<void> {
  const found = routing.find(ctx.method, ctx.path);
  if (found === undefined) {
    if ((await pages?.(ctx)) !== true) refuseMethod(ctx, routing);
    return;
  }
  const { serve, path, status } = found.entry;
  ctx.state['route'] = path;
  const reply = await serve({
    request: ctx.req,
    params: found.params,
    query: ctx.querystring === '' ? NO_QUERY : new URLSearchParams(ctx.querystring),
    tell: (header, value) => ctx.append(header, value),
  });
  await answer(ctx, reply, status);
}

/** What is neither a route nor a page; a known path with another method says which there are. */
function refuseMethod(ctx: Context, routing: Routing<Served>): void {
  const methods = routing.methodsOf(ctx.path);
  if (methods.length === 0) throw notFound();
  ctx.set('Allow', methods.join(', '));
  if (ctx.method !== 'OPTIONS') throw methodNotAllowed();
  ctx.status = 200;
  ctx.body = '';
}

function guard(options: AppOptions, answerTo: (ctx: Context) => Promise<void>) {
  return async (ctx: Context): Promise<void> => {
    const started = performance.now();
    const requestId = requestIdOf(ctx.req.headers);
    // Past Koa, which would look at each of them again.
    for (const [name, value] of SECURITY) ctx.res.setHeader(name, value);
    ctx.res.setHeader('X-Request-Id', requestId);
    if (isSecure(ctx.req, options.proxies)) ctx.set(TLS_ONLY);
    try {
      await answerTo(ctx);
      if (ctx.status === 404) throw notFound();
    } catch (error) {
      const { status, headers, body } = problemOf(error, options.statusOf);
      if (status >= 500) options.log.error({ error, requestId, method: ctx.method, path: ctx.path }, 'failed');
      // Whoever still sends a body we stopped reading gets the answer, not a broken connection.
      if (!ctx.req.complete) ctx.req.resume();
      ctx.remove('ETag'); // of an answer that was not to be
      ctx.set({ ...headers, 'Cache-Control': 'no-store' });
      ctx.status = status;
      ctx.type = 'application/problem+json';
      ctx.body = JSON.stringify(body);
    }
    options.answered?.(ctx.state['route'] ?? 'other', ctx.method, ctx.status, performance.now() - started);
  };
}
