/** Orders as they are: one, a list, the story of one. */
import type { Static } from 'typebox';
import type { OrderState } from '../../actors/order/state.ts';
import { isStaff } from '../../actors/policy.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import type { Call, Route } from '../../src/http/route.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { OrderFilter } from '../../src/views/order-list.ts';
import { personsIn, renderOrder } from '../contract/order.ts';
import * as rest from '../contract/rest.ts';
import type { Viewer } from '../contract/shapes.ts';
import { renderTimeline } from '../contract/timeline.ts';
import type { StorefrontDeps } from './deps.ts';
import { story } from './told.ts';
import { readOrder } from './visible.ts';

type OrdersQuery = Static<typeof rest.OrdersQuery>;

const PAGE = 50;

export const viewerOf = ({ id, roles }: Principal): Viewer => ({ id, staff: isStaff(roles) });

export function orderReadRoutes(deps: StorefrontDeps): Route[] {
  const { nameOf } = deps.directory;
  return [
    {
      endpoint: rest.readOrder,
      handle: async (call) => {
        const { atLeast } = call.query as { atLeast?: number };
        const { state, version, stale } = await readOrder(deps, call, atLeast);
        const viewer = viewerOf(principalIn(call));
        if (viewer.staff) await deps.directory.know(personsIn(state));
        return {
          version,
          body: () => renderOrder(state, version, viewer, nameOf),
          headers: stale === undefined ? {} : { 'Andon-Stale': String(Math.ceil(stale)) },
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
        return {
          body: { items: orders.map(({ state, version }) => renderOrder(state, version, viewer, nameOf)), next },
        };
      },
    },
    {
      endpoint: rest.readTimeline,
      handle: async (call) => {
        const viewer = viewerOf(principalIn(call));
        await readOrder(deps, call);
        const rows = await story(deps, idIn(call));
        if (viewer.staff) await deps.directory.know(rows.map(({ by }) => by.id));
        return { body: renderTimeline(rows, viewer, nameOf, Date.now()) };
      },
    },
  ];
}

/** What the caller may see of what it asks for; undefined = nothing. */
function filterFor(call: Call): OrderFilter | undefined {
  const { tenant, id, roles, site: own } = principalIn(call);
  const { status, site, partner, waiting, q } = call.query as OrdersQuery;
  const wanted: OrderFilter = {
    ...(status === undefined ? {} : { statuses: [status] }),
    ...(site === undefined ? {} : { site }),
    ...(partner === undefined ? {} : { tenant: partner }),
    ...(waiting === undefined ? {} : { waitingFor: waiting }),
    ...(q === undefined ? {} : { begins: q }),
  };
  if (isStaff(roles)) {
    if (own === undefined) return wanted;
    return site === undefined || site === own ? { ...wanted, site: own } : undefined;
  }
  if (partner !== undefined && partner !== tenant) return undefined;
  return { ...wanted, tenant, ...(roles.includes('partner') ? {} : { owner: id }) };
}
