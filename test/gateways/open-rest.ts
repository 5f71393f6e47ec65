/** A web node's REST side as it is wired in main.ts, in this process, on a database and a Redis of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operator } from '../../actors/operator/operator.ts';
import { order } from '../../actors/order/order.ts';
import type { Order } from '../../gateways/contract/order.ts';
import { httpStatusOf } from '../../gateways/contract/problem.ts';
import { openPartners, type Partners } from '../../gateways/partners/open.ts';
import { openKeeper } from '../../gateways/work/keeper.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type Core, openCore } from '../../src/core.ts';
import { createApp } from '../../src/http/app.ts';
import { RateLimit } from '../../src/http/rate-limit.ts';
import { listen } from '../../src/http/server.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { Counters } from '../../src/telemetry/counters.ts';
import { makeLog } from '../../src/telemetry/log.ts';
import type { Api } from '../_kit/api.ts';
import { lendDatabase } from '../_kit/database.ts';
import { lendRedis } from '../_kit/redis.ts';
import type { Fixture } from '../_kit/spec.ts';
import { BOOK } from '../actors/world.ts';
import { KEY } from '../identity/open-identity.ts';
import { helpers } from './rest-story.ts';
import { hashOf, OWN_ORIGINS, SECRET, type Wired, wire } from './wire-rest.ts';

export interface Rest {
  readonly url: string;
  readonly core: Core;
  readonly runtime: Runtime;
  /** Lines of the log that say who did what. */
  readonly audits: readonly Readonly<Record<string, unknown>>[];
  /** A new user of this role, signed in. Operators are hired and on shift. */
  as(role: string, options?: { site?: string; limit?: number }): Promise<Api>;
  /** An order of this buyer, as far as it is wanted. */
  orderOf(buyer: Api, until?: 'INITIATED' | 'PRICE_CALCULATED' | 'MANUFACTURING_APPROVED'): Promise<Order>;
  /** A command that no person may send: the result of a job. */
  system(kind: string, actor: string, command: { readonly type: string }): Promise<Answer>;
  /** What the price job says of an order of the first revision. */
  priced(id: string): Promise<void>;
  /** Follows the log until it is stopped: lists and boards. Without it they stay as they are. */
  keep(): { stop(): Promise<void> };
}

export interface NodeOptions {
  /** Instead of the run's Redis. */
  readonly redis?: { readonly url: string; readonly prefix: string };
  readonly env?: Readonly<Record<string, string>>;
}

/** Lends the settings of nodes on a database, files and a Redis of their own. */
export const withSettings =
  ({ redis: given, env = {} }: NodeOptions = {}): Fixture<Config> =>
  async (lend) => {
    const database = await lendDatabase();
    const redis = given ? { ...given, close: async () => undefined } : await lendRedis();
    const files = await mkdtemp(join(tmpdir(), 'andon-files-'));
    try {
      await lend(
        readConfig({
          DATABASE_URL: database.url,
          DATABASE_ADMIN_URL: database.adminUrl,
          REDIS_URL: redis.url,
          ANDON_PREFIX: redis.prefix,
          ANDON_SECRET: SECRET,
          ANDON_TOKEN_KEY: KEY,
          ANDON_FILES: join(files, 'store'),
          ANDON_SPOOL: join(files, 'spool'),
          ANDON_REDIS_TIMEOUT_MS: '1000',
          ANDON_UPLOAD_BYTES: '1000000',
          ANDON_REQUESTS_PER_SECOND: '1000',
          ...env,
        }),
      );
    } finally {
      await redis.close();
      await database.close();
      await rm(files, { recursive: true, force: true });
    }
  };

export interface RestNode extends Rest, Omit<Wired, keyof Rest> {
  readonly server: Server;
  readonly partners: Partners;
  close(): Promise<void>;
}

export async function openRest(config: Config): Promise<RestNode> {
  const core = await openCore(config, 'test', makeLog('test', 'silent'), new Counters());
  const wired = await wire(core);
  const { runtime, routes, identity } = wired;
  const partners = openPartners(core, wired.forPartners);
  const app = createApp({
    routes: [...routes, ...partners.routes],
    keys: partners.gate,
    statusOf: httpStatusOf,
    log: core.log,
    principalOf: (token) => identity.principalOf(token),
    origins: OWN_ORIGINS,
    proxies: config.proxies,
    rate: new RateLimit(10_000),
  });
  const web = await listen(app.callback(), { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${web.port}`;
  const definitions = new Map([order, operator].map((definition) => [definition.kind as string, definition]));
  let keeper: ReturnType<typeof openKeeper> | undefined;
  return {
    ...wired,
    ...helpers(url, core, runtime),
    url,
    core,
    server: web.server,
    partners,
    keep: () => {
      keeper = openKeeper(core, {
        ...{ runtime, hashOf, definitions: definitions as never },
        sites: BOOK.map(({ site }) => site),
      });
      return {
        async stop() {
          const kept = keeper;
          keeper = undefined;
          await kept?.stop();
        },
      };
    },
    async close() {
      await keeper?.stop();
      wired.presence.close();
      wired.revocations.close();
      partners.drain();
      await web.close(1_000);
      await partners.close();
      await wired.endContact();
      await core.close();
    },
  };
}

export const withRest: Fixture<Rest> = (lend, title) =>
  withSettings()(async (config) => {
    const node = await openRest(config);
    try {
      await lend(node);
    } finally {
      await node.close();
    }
  }, title);
