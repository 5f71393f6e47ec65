/** Orders as they are: one, a list, the story of one. */
import { type Told, told } from '../../actors/order/change.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { upcast, upcastEvent } from '../../actors/order/upcast.ts';
import { isStaff } from '../../actors/policy.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import type { Call, Route } from '../../src/http/route.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { personsIn, renderOrder } from '../contract/order.ts';
import * as rest from '../contract/rest.ts';
import type { Viewer } from '../contract/shapes.ts';
import { renderTimeline } from '../contract/timeline.ts';
import type { OrderFilter, StorefrontDeps } from './deps.ts';
import { readOrder } from './visible.ts';

const ROWS_AT_ONCE = 500;
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
        const { limit = PAGE, cursor } = call.query as { limit?: number; cursor?: string };
        const filter = filterFor(call);
        if (filter === undefined) return { body: { items: [], next: null } };
        const { items, next } = await deps.listOrders(filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
        if (viewer.staff) await deps.directory.know(items.flatMap(({ state }) => personsIn(state)));
        return {
          body: { items: items.map(({ state, version }) => renderOrder(state, version, viewer, nameOf)), next },
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
  const principal = principalIn(call);
  const { limit: _, cursor: __, partner, ...asked } = call.query as OrderFilter & Record<string, string>;
  const wanted: OrderFilter = { ...asked, ...(partner === undefined ? {} : { tenant: partner }) };
  if (!isStaff(principal.roles)) {
    if (wanted.tenant !== undefined && wanted.tenant !== principal.tenant) return undefined;
    const owner = principal.roles.includes('partner') ? {} : { owner: principal.id };
    return { ...wanted, tenant: principal.tenant, ...owner };
  }
  if (principal.site === undefined) return wanted;
  return wanted.site === undefined || wanted.site === principal.site ? { ...wanted, site: principal.site } : undefined;
}

async function story(deps: Pick<StorefrontDeps, 'rows'>, id: string): Promise<Told[]> {
  const all: Told[] = [];
  for (;;) {
    const rows = await deps.rows('order', id, all.at(-1)?.version ?? 0, ROWS_AT_ONCE);
    for (const row of rows) {
      const after: OrderState = upcast(row.after, row.stateVersion);
      const events: OrderEvent[] = row.events.map((event) => upcastEvent(event, row.stateVersion));
      all.push(told({ ...row, after, events }));
    }
    if (rows.length < ROWS_AT_ONCE) return all;
  }
}
