/**
 * Entry of every process: `node src/main.ts web | worker | keeper`, or `admin <request as JSON>` for the launcher.
 * The one place where the machine (`src`), the business (`actors`) and the edges (`gateways`) are put together.
 */

import type { Server } from 'node:http';
import { operator } from '../actors/operator/operator.ts';
import type { OperatorState } from '../actors/operator/state.ts';
import { slotPrefix } from '../actors/order/claims.ts';
import type { OrderFacts } from '../actors/order/facts.ts';
import { LANES } from '../actors/order/lifecycle.ts';
import { order } from '../actors/order/order.ts';
import type { Times } from '../actors/order/times.ts';
import type { TariffBook } from '../actors/pricing/book.ts';
import { STAFF } from '../actors/roles.ts';
import { httpStatusOf } from '../gateways/contract/problem.ts';
import { mesLive } from '../gateways/mes/live.ts';
import { floorRoutes } from '../gateways/mes/routes.ts';
import { type AdminRequest, admin } from '../gateways/ops/admin.ts';
import { opsRoutes } from '../gateways/ops/routes.ts';
import { storefrontLive } from '../gateways/storefront/live.ts';
import { storefrontRoutes } from '../gateways/storefront/routes.ts';
import { openKeeper } from '../gateways/work/keeper.ts';
import { readTariffs } from '../gateways/work/tariffs.ts';
import { openWorker } from '../gateways/work/worker.ts';
import { type Config, readConfig } from './config.ts';
import { type Core, openCore } from './core.ts';
import { AndonError, codeOf } from './errors.ts';
import { ContentStore } from './files/content-store.ts';
import { modelFacts } from './files/model-fact.ts';
import { Models } from './files/models.ts';
import { createApp } from './http/app.ts';
import { ownOrigins } from './http/origins.ts';
import { openPages } from './http/pages.ts';
import { RateLimit } from './http/rate-limit.ts';
import type { Route } from './http/route.ts';
import { listen } from './http/server.ts';
import { openIdentity } from './identity/open.ts';
import { putNote, putPerson } from './identity/people.ts';
import { listOperators } from './identity/users.ts';
import { Presence } from './live/presence.ts';
import { openSockets, type Sockets } from './live/socket-server.ts';
import { openPool } from './log/connect.ts';
import type { Envelope } from './runtime/actor.ts';
import { commandHash } from './runtime/command-hash.ts';
import type { FactProviders } from './runtime/facts.ts';
import type { AnyDefinition } from './runtime/judge.ts';
import type { Runtime } from './runtime/runtime.ts';
import { Counters } from './telemetry/counters.ts';
import { Health } from './telemetry/health.ts';
import { makeLog } from './telemetry/log.ts';
import { VERSION } from './version.ts';
import { BoardStore } from './views/board.ts';
import { BoardTail } from './views/board-tail.ts';
import { Boards } from './views/boards.ts';
import { ColdBoard } from './views/cold.ts';
import { LIST_SETTINGS, listOrders } from './views/order-list.ts';

/** What the business needs of the machine, the same in every process. */
interface House {
  readonly runtime: Runtime;
  readonly tariffs: TariffBook;
  readonly models: Models;
  hashOf(envelope: Omit<Envelope, 'hash'>): string;
}

async function openHouse(core: Core): Promise<House> {
  const { config, pool } = core;
  const tariffs = await readTariffs(config.tariffsDir);
  const store = new ContentStore(config.filesDir);
  const models = new Models(pool, store, { modelBytes: config.uploadBytes, ownerBytes: config.ownerBytes });
  const { expireMs, priceValidMs: priceMs, cancelMs, handOverMs, closeMs } = config;
  const times: Times = { expireMs, priceMs, cancelMs, handOverMs, closeMs };
  const facts = {
    operator: {
      kind: operator.kind,
      claimPrefix: slotPrefix,
      shape: (state: unknown, slots: readonly number[]) =>
        ({ state: state as OperatorState, slots }) satisfies OrderFacts['operator'],
    },
    number: async () => {
      const { rows } = await pool.query<{ n: string }>(`SELECT nextval('order_number') AS n`);
      return rows[0]?.n;
    },
    model: modelFacts(models),
    tariffs: async () => tariffs,
    times: async () => times,
  } satisfies FactProviders & Record<keyof OrderFacts, unknown>;
  return {
    runtime: core.runtime([order, operator], facts),
    tariffs,
    models,
    hashOf: (envelope) => commandHash(config.secret, envelope),
  };
}

/** A running process: `stop` lets what runs finish and gives back what can't. */
interface Running {
  stop(): Promise<void>;
}

const DEFINITIONS: readonly AnyDefinition[] = [order, operator];

async function worker(core: Core): Promise<Running> {
  const running = openWorker(core, await openHouse(core));
  running.start();
  return { stop: () => running.stop() };
}

async function keeper(core: Core): Promise<Running> {
  const { tariffs } = await openHouse(core);
  const definitions = new Map(DEFINITIONS.map((definition) => [definition.kind, definition]));
  return openKeeper(core, { definitions, sites: tariffs.map(({ site }) => site) });
}

const LIST_CONNECTIONS = 4;
/** While Redis is away boards and orders are looked up in Postgres this often, milliseconds. */
const COLD_MS = 2_000;
/** Watched orders are compared with the log this often, milliseconds. */
const CHECK_MS = 25_000;

/** What the edges of a web node share. */
async function openNode(core: Core) {
  const { config, pool, reader, redis, keys, access } = core;
  const { identity, directory } = await openIdentity(core, STAFF);
  const { runtime, tariffs, hashOf, models } = await openHouse(core);
  const sites = tariffs.map(({ site }) => site);
  const cold = new ColdBoard(pool, LANES);
  const presence = new Presence({ redis, key: keys.presence() });
  return {
    identity,
    directory,
    runtime,
    hashOf,
    models,
    tariffs: () => tariffs,
    sites: () => sites,
    cold,
    boards: new Boards(new BoardStore({ redis, keys, lanes: LANES }), cold),
    lists: openPool({ ...access, name: `${access.name} lists`, max: LIST_CONNECTIONS, settings: LIST_SETTINGS }),
    rows: (kind: string, actor: string, since: number, limit: number) => reader.rows(kind, actor, since, limit),
    putContact: (id: string, contact: string) => putPerson(pool, { id, contact }),
    putNote: (id: string, text: string) => putNote(pool, { id, text }),
    claims: (...prefixes: readonly string[]) => reader.claims(...prefixes),
    presence,
    present: (operators: readonly string[]) => presence.of(operators),
    caller: {
      principalOf: (token: string) => identity.principalOf(token),
      origins: ownOrigins(config.origins, [config.port]),
      proxies: config.proxies,
      rate: new RateLimit(config.requestsPerSecond),
    },
  };
}

type WebNode = Awaited<ReturnType<typeof openNode>>;

function routesOf({ config, pool, counters }: Core, node: WebNode, health: Health): readonly Route[] {
  return [
    ...storefrontRoutes({
      ...node,
      listOrders: (filter, cursor, limit) => listOrders(node.lists, filter, cursor, limit),
      uploadBytes: config.uploadBytes,
      signUp: { open: config.signup, perMinute: config.signUpsPerMinute },
    }),
    ...floorRoutes({ ...node, listOperators: (ask) => listOperators(pool, ask) }),
    ...opsRoutes({
      version: VERSION,
      health: () => health.report(),
      metrics: () => counters.text(),
      principalOf: node.caller.principalOf,
    }),
  ];
}

function socketsOf({ config, log, reader, redis, keys }: Core, node: WebNode, server: Server): Sockets {
  const versions = async (orders: readonly string[]): Promise<readonly number[]> => {
    const heads = await reader.heads(orders.map((actor) => ({ kind: order.kind, actor })));
    return heads.map((head) => head?.version ?? 0);
  };
  return openSockets({
    ...node.caller,
    server,
    spaces: [
      mesLive({
        ...node,
        tail: (options) => new BoardTail({ redis, keys, ...options }),
        frameMs: config.frameMs,
        coldMs: COLD_MS,
      }),
      storefrontLive({
        ...node,
        versions,
        channel: (id) => keys.live(order.kind, id),
        subscriber: redis.dedicated('andon orders', { offlineQueue: false }),
        checkMs: CHECK_MS,
        awayCheckMs: COLD_MS,
      }),
    ],
    subscriber: redis.dedicated('andon sessions', { offlineQueue: false }),
    sessionsEnded: keys.sessionsEnded(),
    lookSession: (sid) => node.identity.sessions.look(sid),
    socketsPerUser: config.socketsPerUser,
    statusOf: httpStatusOf,
    log,
  });
}

async function web(core: Core): Promise<Running> {
  const { config, log, counters } = core;
  const node = await openNode(core);
  const health = new Health(core.pool, core.redis);
  const app = createApp({
    ...node.caller,
    routes: routesOf(core, node, health),
    statusOf: httpStatusOf,
    pages: await openPages(config.pagesDir),
    log,
    answered: (route, method, status) =>
      counters.count('andon_requests_total', { route, method, status: String(status) }),
  });
  const listening = await listen(app.callback(), { host: config.host, port: config.port });
  const sockets = socketsOf(core, node, listening.server);
  counters.gauge('andon_sockets', 'Open sockets of this node.', () => sockets.size);
  health.starting = false;
  return {
    async stop() {
      health.draining = true;
      await sockets.drain(config.drainMs / 2);
      await sockets.close();
      await listening.close(config.drainMs / 2);
      node.presence.close();
      await node.lists.end();
    },
  };
}

const PROCESSES: Readonly<Record<string, (core: Core) => Promise<Running>>> = { web, worker, keeper };

/** Settings first: what is wrong with them is said in one message, and nothing was opened. */
function configured(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

async function main(type: string, argument: string | undefined): Promise<void> {
  const config = configured();
  const log = makeLog(type, type === 'admin' ? 'error' : config.logLevel);
  const core = await openCore(config, type, log, new Counters());
  if (type === 'admin') {
    const { runtime, tariffs, hashOf } = await openHouse(core);
    const tools = { pool: core.pool, sites: tariffs.map(({ site }) => site), hashOf };
    const request = JSON.parse(argument ?? '{}') as AdminRequest;
    console.log(JSON.stringify(await admin({ ...tools, send: (envelope) => runtime.send(envelope) }, request)));
    await core.close();
    return;
  }
  const start = PROCESSES[type];
  if (start === undefined) throw new AndonError('invalid', `${type} is no process: web, worker, keeper or admin`);
  const running = await start(core);
  log.info({ event_type: 'started', pid: process.pid }, `${type} runs`);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // What hangs is left to the log and to the leases: both survive us.
    setTimeout(() => process.exit(1), config.drainMs * 2).unref();
    await running.stop();
    await core.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
  if (process.connected) process.send?.('running'); // the launcher waits for this word
}

try {
  await main(process.argv[2] ?? '', process.argv[3]);
} catch (error) {
  console.error(`${codeOf(error)}: ${(error as Error).message}`);
  process.exit(1);
}
