/** A partner's orders as they are: one, a list, the story of one. */
import type { Told } from '../../actors/order/change.ts';
import { referenceClaim } from '../../actors/order/claims.ts';
import { retold } from '../../actors/order/retold.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { waiting } from '../../actors/order/waiting.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Route } from '../../src/http/route.ts';
import { staleHeader } from '../../src/http/stale.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { OrderFilter } from '../../src/views/order-list.ts';
import {
  listPartnerOrders,
  type PartnerOrdersQuery,
  readPartnerOrder,
  readPartnerTimeline,
} from '../contract/partners.ts';
import { renderTimeline } from '../contract/timeline.ts';
import type { PartnerDeps } from './deps.ts';
import { askedOrder, ownOrder, shown } from './own-order.ts';

const PAGE = 50;
const ROWS_AT_ONCE = 500;

export function orderReadRoutes(deps: PartnerDeps): Route[] {
  return [
    {
      endpoint: readPartnerOrder,
      handle: async (call) => {
        const { atLeast } = call.query as { atLeast?: number };
        const { state, version, stale } = await askedOrder(deps, call, atLeast);
        return {
          version,
          body: () => shown(state, version, principalIn(call)),
          headers: staleHeader(stale),
        };
      },
    },
    {
      endpoint: listPartnerOrders,
      handle: async (call) => {
        const partner = principalIn(call);
        const query = call.query as PartnerOrdersQuery;
        if (query.reference !== undefined) return { body: await byReference(deps, partner, query.reference, query) };
        const { limit = PAGE, cursor = null } = query;
        const { items, next } = await orUnavailable(deps.listOrders(filterFor(partner, query), cursor, limit));
        // The view's rows of orders.
        return { body: { items: items.map((row) => shown(row.state as OrderState, row.version, partner)), next } };
      },
    },
    {
      endpoint: readPartnerTimeline,
      handle: async (call) => {
        await askedOrder(deps, call);
        const rows = await story(deps, idIn(call));
        if (rows.length === 0) throw notFound(); // Redis knew it from a log that is no more
        const viewer = { staff: false, id: principalIn(call).id };
        return { body: renderTimeline(rows, viewer, () => undefined, Date.now()) };
      },
    },
  ];
}

function filterFor({ tenant }: Principal, { status, site, waiting: waitingFor }: PartnerOrdersQuery): OrderFilter {
  return {
    tenant,
    ...(status === undefined ? {} : { statuses: [status] }),
    ...(site === undefined ? {} : { site }),
    ...(waitingFor === undefined ? {} : { waitingFor }),
  };
}

/** The claim knows it at once, where the list may lag. */
async function byReference(
  deps: PartnerDeps,
  partner: Principal,
  reference: string,
  { status, site, waiting: waitingFor }: PartnerOrdersQuery,
) {
  const claim = referenceClaim(partner.tenant, partner.id, reference);
  const id = (await orUnavailable(deps.holders([claim]))).get(claim);
  const found = id === undefined ? undefined : await ownOrder(deps, partner, id);
  const fits =
    found !== undefined &&
    (status === undefined || found.state.status === status) &&
    (site === undefined || found.state.site === site) &&
    (waitingFor === undefined || waiting(found.state).for === waitingFor);
  return { items: fits ? [shown(found.state, found.version, partner)] : [], next: null };
}

async function story(deps: Pick<PartnerDeps, 'rows'>, id: string): Promise<Told[]> {
  const all: Told[] = [];
  for (;;) {
    const rows = await orUnavailable(deps.rows('order', id, all.at(-1)?.version ?? 0, ROWS_AT_ONCE));
    all.push(...rows.map(retold));
    if (rows.length < ROWS_AT_ONCE) return all;
  }
}
