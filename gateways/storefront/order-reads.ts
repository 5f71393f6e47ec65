/** Orders as they are: one, a list, the story of one. */
import { createHash } from 'node:crypto';
import type { Static } from 'typebox';
import { OPEN } from '../../actors/order/lifecycle.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { isStaff, looksPeopleUp } from '../../actors/policy.ts';
import { invalidInput } from '../../src/errors.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { forbidden, notFound } from '../../src/http/fail.ts';
import type { Call, Route } from '../../src/http/route.ts';
import { staleHeader } from '../../src/http/stale.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { OrderFilter } from '../../src/views/order-list.ts';
import { personsIn, renderOrder } from '../contract/order.ts';
import * as rest from '../contract/rest.ts';
import { personsInStory, renderTimeline } from '../contract/timeline.ts';
import type { StorefrontDeps } from './deps.ts';
import { readShown } from './shown.ts';
import { story } from './told.ts';
import { isUnattended } from './unattended.ts';
import { viewerOf } from './visible.ts';

type OrdersQuery = Static<typeof rest.OrdersQuery>;

const PAGE = 50;

export function orderReadRoutes(deps: StorefrontDeps): Route[] {
  const { nameOf } = deps.directory;
  return [
    {
      endpoint: rest.readOrder,
      handle: async (call) => {
        const { atLeast } = call.query as { atLeast?: number };
        const { state, version, stale, viewer } = await readShown(deps, call, atLeast);
        if (viewer.staff) await deps.directory.know(personsIn(state));
        const unattended = viewer.staff && (await isUnattended(deps, state));
        return {
          version,
          body: () => renderOrder(state, version, viewer, nameOf, { unattended }),
          headers: staleHeader(stale),
        };
      },
    },
    {
      endpoint: rest.listOrders,
      handle: async (call) => {
        const viewer = viewerOf(principalIn(call));
        const { limit = PAGE, cursor = null } = call.query as OrdersQuery;
        const filter = filterFor(call);
        if (filter === undefined) return { body: { items: [], next: null } };
        const { items, next } = await orUnavailable(deps.listOrders(filter, cursor, limit));
        const orders = items.map(({ state, version }) => ({ version, state: state as OrderState })); // orders' rows
        if (viewer.staff) await deps.directory.know(orders.flatMap(({ state }) => personsIn(state)));
        const body = { items: orders.map(({ state, version }) => renderOrder(state, version, viewer, nameOf)), next };
        return { version: tagOf(body), body };
      },
    },
    {
      endpoint: rest.readTimeline,
      handle: async (call) => {
        const { viewer } = await readShown(deps, call);
        const rows = await story(deps, idIn(call));
        if (rows.length === 0) throw notFound(); // Redis knew it from a log that is no more
        if (viewer.staff) await deps.directory.know(personsInStory(rows));
        return { body: renderTimeline(rows, viewer, nameOf, Date.now()) };
      },
    },
  ];
}

/** For those who ask again every few seconds: of the whole answer, because names in it change without a version. */
const tagOf = (body: unknown): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 22);

/** What the caller may see of what it asks for; undefined = nothing. */
function filterFor(call: Call): OrderFilter | undefined {
  const { tenant, id, roles, site: own } = principalIn(call);
  const { status, site, partner, waiting, q, buyer, model } = call.query as OrdersQuery;
  const sought = Object.entries({ q, buyer, model }).filter(([, text]) => text !== undefined);
  if ((buyer ?? model) !== undefined && !looksPeopleUp(roles)) throw forbidden();
  if (sought.length > 1)
    throw invalidInput(sought.map(([name]) => ({ path: `/${name}`, rule: 'one of these at a time' })));
  if (buyer !== undefined && partner !== undefined) return undefined;
  const wanted: OrderFilter = {
    ...(status === undefined ? {} : { statuses: status === 'OPEN' ? OPEN : [status] }),
    ...(site === undefined ? {} : { site }),
    ...(partner === undefined ? {} : { tenant: partner }),
    ...(waiting === undefined ? {} : { waitingFor: waiting }),
    ...(q === undefined ? {} : { begins: q }),
    ...(buyer === undefined ? {} : { buyer }),
    ...(model === undefined ? {} : { model }),
  };
  if (isStaff(roles)) {
    if (own === undefined) return wanted;
    return site === undefined || site === own ? { ...wanted, site: own } : undefined;
  }
  if (partner !== undefined && partner !== tenant) return undefined;
  return { ...wanted, tenant, ...(roles.includes('partner') ? {} : { owner: id }) };
}
