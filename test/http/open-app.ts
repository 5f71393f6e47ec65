/** A real HTTP server with a few routes and a principal for each word that is used as a token. */
import Type from 'typebox';
import { httpStatusOf } from '../../gateways/contract/problem.ts';
import { AndonError } from '../../src/errors.ts';
import { createApp } from '../../src/http/app.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Pages } from '../../src/http/pages.ts';
import { RateLimit } from '../../src/http/rate-limit.ts';
import type { Call, Reply, Route } from '../../src/http/route.ts';
import { listen, type Patience } from '../../src/http/server.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { unauthenticated } from '../../src/identity/tokens.ts';
import type { Fixture } from '../_kit/spec.ts';

export const OWN = 'http://shop.test';

const principal = (role: string): Principal => ({
  id: `id-of-${role}`,
  name: role,
  roles: [role],
  tenant: 'house',
  sid: 's',
  expiresAt: Date.now() + 60_000,
});

export const Thing = Type.Object({ count: Type.Integer({ minimum: 0 }) }, { additionalProperties: false });

const route = (
  method: 'GET' | 'POST',
  path: string,
  more: Partial<Route['endpoint']>,
  rest: Partial<Route> = {},
): Route => ({
  endpoint: { name: path, method, path, access: 'session', status: 200, ...more },
  handle: async (call) => ({ body: { body: call.body, key: call.key, version: call.expectedVersion } }),
  ...rest,
});

export interface OpenApp {
  readonly url: string;
  /** Calls that reached a handler. */
  readonly handled: Call[];
  readonly logged: unknown[];
  send(path: string, init?: RequestInit & { as?: string }): Promise<Response>;
}

export interface AppSettings {
  readonly pages?: Pages;
  readonly perSecond?: number;
  readonly proxies?: readonly string[];
  readonly patience?: Patience;
}

export const withApp =
  ({ pages, perSecond = 10_000, proxies = [], patience }: AppSettings = {}): Fixture<OpenApp> =>
  async (lend) => {
    const handled: Call[] = [];
    const logged: unknown[] = [];
    const seen = (reply: (call: Call) => Reply | Promise<Reply>) => async (call: Call) => {
      handled.push(call);
      return reply(call);
    };
    const routes: Route[] = [
      route('GET', '/free', { access: 'anyone' }),
      route('POST', '/free', { access: 'anyone', body: Thing }),
      route('GET', '/things/:id', {}, { handle: seen(() => ({ version: 7, body: () => ({ big: 'thing' }) })) }),
      route(
        'GET',
        '/shared',
        { access: 'anyone' },
        { handle: async () => ({ version: 'a', shared: 'public, max-age=1', body: {} }) },
      ),
      route('GET', '/broken', { access: 'anyone' }, { handle: () => Promise.reject(new Error('password=hunter2')) }),
      route(
        'GET',
        '/away',
        { access: 'anyone' },
        { handle: () => Promise.reject(new AndonError('unavailable', 'x', { expose: true })) },
      ),
      route(
        'POST',
        '/things',
        { body: Thing, key: 'required', status: 201 },
        { handle: seen((call) => ({ body: call.body })) },
      ),
      route(
        'POST',
        '/things/:id/keep',
        { body: Thing, key: 'required', roles: ['keeper'] },
        { exists: async ({ params }) => params['id'] === 'mine', handle: seen(() => ({ body: {} })) },
      ),
      route(
        'POST',
        '/files',
        { raw: true, key: 'optional' },
        {
          handle: seen(async ({ source }) => {
            for await (const chunk of source) if (chunk.length > 0) throw notFound();
            return {};
          }),
        },
      ),
    ];
    const app = createApp({
      routes,
      ...(pages ? { pages } : {}),
      statusOf: httpStatusOf,
      principalOf: async (token) => {
        if (token.startsWith('bad')) throw unauthenticated('no');
        return principal(token);
      },
      origins: new Set([OWN]),
      proxies,
      rate: new RateLimit(perSecond),
      log: { error: (fields) => logged.push(fields), debug: () => undefined },
    });
    const at = { host: '127.0.0.1', port: 0, ...(patience ? { patience } : {}) };
    const web = await listen(app.callback(), at);
    const url = `http://127.0.0.1:${web.port}`;
    try {
      await lend({
        url,
        handled,
        logged,
        send: (path, { as, headers, ...init } = {}) =>
          fetch(`${url}${path}`, {
            ...init,
            headers: { ...(as ? { authorization: `Bearer ${as}` } : {}), ...headers },
          }),
      });
    } finally {
      await web.close(1_000);
    }
  };

export const codeIn = async (response: Response): Promise<[number, string]> => {
  const body = (await response.json()) as { code: string };
  return [response.status, body.code];
};

export const json = (body: unknown): { method: string; body: string; headers: Record<string, string> } => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});
