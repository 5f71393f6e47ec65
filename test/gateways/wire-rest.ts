/** What stands behind a web node's REST side, wired as in main.ts. */
import { ingestKind } from '../../actors/jobs.ts';
import { operator } from '../../actors/operator/operator.ts';
import type { OperatorState } from '../../actors/operator/state.ts';
import { slotPrefix } from '../../actors/order/claims.ts';
import { LANES } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import { materialsAt } from '../../actors/pricing/book.ts';
import { STAFF } from '../../actors/roles.ts';
import { floorRoutes } from '../../gateways/mes/routes.ts';
import { flowRoutes } from '../../gateways/ops/flow-routes.ts';
import { jobRoutes } from '../../gateways/ops/job-routes.ts';
import { opsRoutes } from '../../gateways/ops/routes.ts';
import { userRoutes } from '../../gateways/ops/user-routes.ts';
import { storefrontRoutes } from '../../gateways/storefront/routes.ts';
import type { Core } from '../../src/core.ts';
import { modelFacts } from '../../src/files/model-fact.ts';
import { Models } from '../../src/files/models.ts';
import { openContents } from '../../src/files/open.ts';
import { openIdentity } from '../../src/identity/open.ts';
import { type Cause, putNote, putPerson } from '../../src/identity/people.ts';
import { Shares } from '../../src/identity/shares.ts';
import { listOperators } from '../../src/identity/users.ts';
import { absentSince } from '../../src/live/absence.ts';
import { Presence } from '../../src/live/presence.ts';
import { openPool } from '../../src/log/connect.ts';
import { Contact } from '../../src/log/contact.ts';
import type { Envelope } from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import { dated } from '../../src/runtime/dated.ts';
import { BoardStore } from '../../src/views/board.ts';
import { Boards } from '../../src/views/boards.ts';
import { ColdBoard } from '../../src/views/cold.ts';
import { FLOW_DAYS, FlowFigures } from '../../src/views/flow-figures.ts';
import { modelAtSite } from '../../src/views/model-use.ts';
import { listOrders, type OrderFilter } from '../../src/views/order-list.ts';
import { BOOK } from '../actors/world.ts';

export const OWN = 'http://shop.test';
export const OWN_ORIGINS = new Set([OWN]);
export const SECRET = 'a secret of at least thirty-two characters';

export const hashOf = (envelope: Omit<Envelope, 'hash'>): string => commandHash(SECRET, envelope);

export type Wired = Awaited<ReturnType<typeof wire>>;

export async function wire(core: Core) {
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
