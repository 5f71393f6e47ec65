/**
 * The HTTP application of a web node: request ids, problems for every error, security headers, the routes, the pages.
 * Knows no route by itself; edges bring them.
 */
import Router, { type RouterContext } from '@koa/router';
import Koa, { type Context, type Next } from 'koa';
import { answer } from './answer.ts';
import { methodNotAllowed, notFound } from './fail.ts';
import type { Pages } from './pages.ts';
import { problemOf } from './problem.ts';
import { requestIdOf } from './request-headers.ts';
import type { Reply, Route } from './route.ts';
import { type ServeOptions, serveRoute } from './serve.ts';

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

const SECURITY = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

export function createApp(options: AppOptions): Koa {
  const app = new Koa();
  const router = new Router();
  for (const route of options.routes) {
    const serve = serveRoute(route, options);
    const { method, path, status } = route.endpoint;
    router.register(path, [method, ...(method === 'GET' ? ['HEAD'] : [])], async (ctx: RouterContext) => {
      ctx.state['route'] = path;
      const query = new URLSearchParams(ctx.querystring);
      const reply: Reply = await serve({
        request: ctx.req,
        params: ctx.params,
        query,
        tell: (header, value) => ctx.append(header, value),
      });
      await answer(ctx, reply, status);
    });
  }
  app.use(guard(options));
  app.use(router.routes());
  app.use(router.allowedMethods());
  app.use(async (ctx) => {
    await options.pages?.(ctx);
  });
  // Everything is answered by `guard`; what still gets here is a connection that broke while answering.
  app.on('error', (error: unknown) => options.log.debug({ error }, 'connection broke'));
  return app;
}

function guard(options: AppOptions) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const started = performance.now();
    const requestId = requestIdOf(ctx.req.headers);
    ctx.set({ ...SECURITY, 'X-Request-Id': requestId });
    try {
      await next();
      if (ctx.status === 404) throw notFound();
      if (ctx.status === 405 || ctx.status === 501) throw methodNotAllowed();
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
