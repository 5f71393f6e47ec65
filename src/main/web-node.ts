/** What the edges of a web node share. */
import { LANES } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import { materialsAt } from '../../actors/pricing/book.ts';
import { STAFF } from '../../actors/roles.ts';
import type { Core } from '../core.ts';
import { ownOrigins } from '../http/origins.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { openIdentity } from '../identity/open.ts';
import { type Cause, putNote, putPerson } from '../identity/people.ts';
import { Shares } from '../identity/shares.ts';
import { absentSince } from '../live/absence.ts';
import { Presence } from '../live/presence.ts';
import { openPool } from '../log/connect.ts';
import { Contact } from '../log/contact.ts';
import { dated } from '../runtime/dated.ts';
import { BoardStore } from '../views/board.ts';
import { Boards } from '../views/boards.ts';
import { CaughtUp } from '../views/caught-up.ts';
import { ColdBoard } from '../views/cold.ts';
import { FLOW_DAYS, FlowFigures } from '../views/flow-figures.ts';
import { modelAtSite } from '../views/model-use.ts';
import { LIST_SETTINGS, listOrders, type OrderFilter } from '../views/order-list.ts';
import { openHouse } from './house.ts';

const LIST_CONNECTIONS = 4;

/** What the edges of a web node share. */
export async function openNode(core: Core) {
  const { config, pool, reader, redis, keys, access } = core;
  const { identity, directory, revocations } = await openIdentity(core, STAFF);
  const { runtime, tariffs, degraded, hashOf, models } = await openHouse(core);
  const sites = tariffs().map(({ site }) => site);
  const cold = new ColdBoard(pool, LANES);
  const presence = new Presence({ redis, keys, sites, graceMs: config.graceMs });
  const asking = openPool({ ...access, name: `${access.name} contact`, max: 1 });
  const contact = new Contact(asking);
  const away = () => contact.awaySeconds;
  const lists = openPool({ ...access, name: `${access.name} lists`, max: LIST_CONNECTIONS, settings: LIST_SETTINGS });
  const flow = new FlowFigures({ pool: lists });
  return {
    identity,
    directory,
    revocations,
    runtime: dated(runtime, away),
    hashOf,
    models,
    modelAtSite: (model: string, site: string) => modelAtSite(pool, model, site),
    shares: new Shares({ pool, redis, keys, secret: config.secret }),
    tariffs,
    degraded,
    sites: () => sites,
    materials: (site: string) => materialsAt(tariffs(), site),
    cold,
    boards: new Boards(new BoardStore({ redis, keys, lanes: LANES }), cold),
    caughtUp: new CaughtUp({ redis, keys, pool }),
    lists,
    flow: (site: string) => flow.of(site),
    flowDays: FLOW_DAYS,
    listOrders: (filter: OrderFilter, cursor: string | null, limit: number) =>
      listOrders(lists, order, filter, cursor, limit),
    rows: (kind: string, actor: string, since: number, limit: number) => reader.rows(kind, actor, since, limit),
    putContact: (id: string, contact: string, cause: Cause) => putPerson(pool, { id, contact, cause }),
    putNote: (id: string, text: string, cause: Cause) => putNote(pool, { id, text, cause }),
    claims: (...prefixes: readonly string[]) => reader.claims(...prefixes),
    away,
    presence,
    contact: {
      async close(): Promise<void> {
        contact.close();
        await asking.end();
      },
    },
    present: (operators: readonly string[]) => presence.of(operators),
    graceMs: config.graceMs,
    absentSince: (site: string, person: string) => absentSince({ redis, keys }, site, person),
    caller: {
      principalOf: (token: string) => identity.principalOf(token),
      origins: ownOrigins(config.origins, [config.port]),
      proxies: config.proxies,
      rate: new RateLimit(config.requestsPerSecond),
    },
  };
}

export type WebNode = Awaited<ReturnType<typeof openNode>>;
