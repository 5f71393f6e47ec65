/** A web node's REST side as it is wired in main.ts, in this process, on a database and a Redis of its own. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingestKind } from '../../actors/jobs.ts';
import { operator } from '../../actors/operator/operator.ts';
import type { OperatorState } from '../../actors/operator/state.ts';
import { slotPrefix } from '../../actors/order/claims.ts';
import { LANES } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import { materialsAt } from '../../actors/pricing/book.ts';
import { STAFF } from '../../actors/roles.ts';
import type { Order } from '../../gateways/contract/order.ts';
import { httpStatusOf } from '../../gateways/contract/problem.ts';
import { floorRoutes } from '../../gateways/mes/routes.ts';
import { flowRoutes } from '../../gateways/ops/flow-routes.ts';
import { jobRoutes } from '../../gateways/ops/job-routes.ts';
import { opsRoutes } from '../../gateways/ops/routes.ts';
import { userRoutes } from '../../gateways/ops/user-routes.ts';
import { openPartners, type Partners } from '../../gateways/partners/open.ts';
import { storefrontRoutes } from '../../gateways/storefront/routes.ts';
import { openKeeper } from '../../gateways/work/keeper.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type Core, openCore } from '../../src/core.ts';
import { modelFacts } from '../../src/files/model-fact.ts';
import { Models } from '../../src/files/models.ts';
import { openContents } from '../../src/files/open.ts';
import { createApp } from '../../src/http/app.ts';
import { RateLimit } from '../../src/http/rate-limit.ts';
import { listen } from '../../src/http/server.ts';
import { openIdentity } from '../../src/identity/open.ts';
import { generatePassword } from '../../src/identity/passwords.ts';
import { type Cause, putNote, putPerson } from '../../src/identity/people.ts';
import { Shares } from '../../src/identity/shares.ts';
import { addUser, listOperators } from '../../src/identity/users.ts';
import { absentSince } from '../../src/live/absence.ts';
import { Presence } from '../../src/live/presence.ts';
import { openPool } from '../../src/log/connect.ts';
import { Contact } from '../../src/log/contact.ts';
import type { Answer, Envelope } from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import { dated } from '../../src/runtime/dated.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { Counters } from '../../src/telemetry/counters.ts';
import { makeLog } from '../../src/telemetry/log.ts';
import { BoardStore } from '../../src/views/board.ts';
import { Boards } from '../../src/views/boards.ts';
import { ColdBoard } from '../../src/views/cold.ts';
import { FLOW_DAYS, FlowFigures } from '../../src/views/flow-figures.ts';
import { modelAtSite } from '../../src/views/model-use.ts';
import { listOrders, type OrderFilter } from '../../src/views/order-list.ts';
import { type Api, signIn } from '../_kit/api.ts';
import { lendDatabase } from '../_kit/database.ts';
import { lendRedis } from '../_kit/redis.ts';
import { binaryStl, sphere } from '../_kit/solids.ts';
import type { Fixture } from '../_kit/spec.ts';
import { BOOK, SOLID } from '../actors/world.ts';
import { KEY } from '../identity/open-identity.ts';

export const STL = binaryStl(sphere(5, 16));
export const SETTINGS = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };

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

export const OWN = 'http://shop.test';
const OWN_ORIGINS = new Set([OWN]);
const SECRET = 'a secret of at least thirty-two characters';

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

export type Wired = Awaited<ReturnType<typeof wire>>;

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

export const hashOf = (envelope: Omit<Envelope, 'hash'>): string => commandHash(SECRET, envelope);

async function wire(core: Core) {
  const { config, pool, reader, redis, keys, counters } = core;
  const { uploadBytes: modelBytes, ownerBytes, spooledBytes, spoolNode: node } = config;
  const limits = { modelBytes, ownerBytes, spooledBytes };
  const models = new Models(pool, await openContents(config), limits, { node, jobKind: ingestKind(node) });
  const runtime = core.runtime([order, operator], {
    operator: {
      kind: 'operator',
      claimPrefix: slotPrefix,
      shape: (state: unknown, slots: readonly number[]) => ({ state: state as OperatorState, slots }),
    },
    number: async () => (await pool.query(`SELECT nextval('order_number') AS n`)).rows[0].n,
    model: modelFacts(models),
    tariffs: async () => BOOK,
    times: async () => ({ cancelMs: 60_000 }),
  });
  const { identity, directory, revocations } = await openIdentity(core, STAFF);
  const asking = openPool({ ...core.access, name: 'test contact', max: 1 });
  const contact = new Contact(asking);
  const away = () => contact.awaySeconds;
  const endContact = async (): Promise<void> => {
    contact.close();
    await asking.end();
  };
  const common = { directory, runtime: dated(runtime, away), hashOf };
  const texts = {
    putContact: (id: string, contact: string, cause: Cause) => putPerson(pool, { id, contact, cause }),
    putNote: (id: string, text: string, cause: Cause) => putNote(pool, { id, text, cause }),
  };
  const reads = {
    rows: (kind: string, actor: string, since: number, limit: number) => reader.rows(kind, actor, since, limit),
    listOrders: (filter: OrderFilter, cursor: string | null, limit: number) =>
      listOrders(pool, order, filter, cursor, limit),
  };
  const forPartners = { runtime: common.runtime, hashOf, models, ...reads, ...texts };
  const cold = new ColdBoard(pool, LANES);
  const boards = new Boards(new BoardStore({ redis, keys, lanes: LANES }), cold);
  const shares = new Shares({ pool, redis, keys, secret: config.secret });
  const presence = new Presence({ redis, keys, sites: BOOK.map(({ site }) => site), graceMs: config.graceMs });
  const figures = new FlowFigures({ pool, freshMs: 50 });
  const flow = (site: string) => figures.of(site);
  const audits: Record<string, unknown>[] = [];
  const routes = [
    ...storefrontRoutes({
      ...common,
      identity,
      models,
      modelAtSite: (model, site) => modelAtSite(pool, model, site),
      shares,
      origins: OWN_ORIGINS,
      ...reads,
      ...texts,
      tariffs: () => BOOK,
      uploadBytes: config.uploadBytes,
      absentSince: (site, person) => absentSince({ redis, keys }, site, person),
      graceMs: config.graceMs,
      signUp: { open: config.signup, perMinute: config.signUpsPerMinute },
    }),
    ...floorRoutes({
      ...common,
      listOperators: (ask) => listOperators(pool, ask),
      claims: (...prefixes) => reader.claims(...prefixes),
      present: (operators) => presence.of(operators),
      sites: () => BOOK.map(({ site }) => site),
      materials: (site) => materialsAt(BOOK, site),
      boards,
      away,
    }),
    ...flowRoutes({ sites: () => BOOK.map(({ site }) => site), flow, flowDays: FLOW_DAYS }),
    ...jobRoutes({ pool, audit: (what, details) => audits.push({ what, ...details }) }),
    ...userRoutes({
      pool,
      secret: SECRET,
      sites: () => BOOK.map(({ site }) => site),
      send: (envelope) => common.runtime.send(envelope),
      hashOf,
      endSessions: (user) => identity.sessions.revokeAllOf(user),
      audit: (what, details) => audits.push({ what, ...details }),
    }),
    ...opsRoutes({
      version: '1',
      health: () => ({ starting: false, draining: false, postgres: true, redis: true, degraded: [] }),
      metrics: () => counters.text(),
      principalOf: (token) => identity.principalOf(token),
    }),
  ];
  const known = { endContact, identity, directory, revocations };
  return { ...known, forPartners, models, presence, runtime, routes, boards, cold, texts, shares, audits, flow };
}

function helpers(url: string, { pool }: Core, runtime: Runtime): Pick<Rest, 'as' | 'orderOf' | 'priced' | 'system'> {
  const system = async (kind: string, actor: string, command: { type: string }): Promise<Answer> => {
    const issuer = { role: 'system', roles: ['system'], id: 'test', tenant: 'system' };
    const envelope = { kind, actor, commandId: randomUUID(), issuer, command, repeatable: false };
    const answer = await runtime.send({ ...envelope, hash: hashOf(envelope) });
    if (!answer.ok) throw new Error(`${command.type}: ${answer.code} ${JSON.stringify(answer.details)}`);
    return answer;
  };
  const price = async (id: string): Promise<void> => {
    const job = { revision: 1, job: randomUUID() };
    const amount = { amount: 2_500, currency: 'EUR', lines: [{ name: 'All', amount: 2_500 }] };
    const command = {
      type: 'priced',
      ...job,
      ...amount,
      facts: { ...SOLID, sizeMm: [...SOLID.sizeMm] },
      tariff: 't',
      validMs: 60_000,
    };
    await system('order', id, command);
  };
  return {
    system,
    priced: price,
    async as(role, { site, limit = 5 } = {}) {
      const { password, hash } = await generatePassword();
      const login = `${role}-${randomUUID()}`;
      const at = site === undefined ? {} : { site };
      const person = await addUser(pool, { login, name: `${role} ${login.slice(-4)}`, roles: [role], hash, ...at });
      if (role === 'operator') {
        await system('operator', person!.id, { type: 'hire', site: site ?? 'north', limit } as never);
      }
      const api = await signIn(url, { login, password });
      if (role === 'operator') await api.post('/api/operators/me/start-shift');
      return api;
    },
    async orderOf(buyer, until = 'INITIATED') {
      const { model } = (await buyer.upload(STL, 'ring.stl')).body;
      const made = await buyer.post('/api/orders', { model, settings: SETTINGS, site: 'north' }, { key: randomUUID() });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      if (until === 'INITIATED') return made.body;
      await buyer.order(made.body.id, 'submit');
      await price(made.body.id);
      if (until === 'PRICE_CALCULATED') return (await buyer.get(`/api/orders/${made.body.id}`)).body;
      return (await buyer.order(made.body.id, 'approve', { priceVersion: 1 })).body;
    },
  };
}
