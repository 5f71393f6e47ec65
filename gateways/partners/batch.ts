/**
 * Many orders in one request. Each is an order of its own: accepted, refused and repeated for itself. Its command id
 * comes from the request's key and its reference (without one, from its place), so the same batch sent again makes
 * nothing twice, whichever of its orders were there already.
 */
import { AndonError, type Fault } from '../../src/errors.ts';
import { principalIn } from '../../src/http/caller.ts';
import { problemOf } from '../../src/http/problem.ts';
import type { Call, Route } from '../../src/http/route.ts';
import { commandIdOf, sendUnder } from '../../src/identity/envelope.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';
import { ORDER_COMMANDS, rolesFor } from '../contract/commands.ts';
import { createBatch, type OrderBatch } from '../contract/partners.ts';
import { httpStatusOf } from '../contract/problem.ts';
import { itemOf, tell } from './answer.ts';
import type { PartnerDeps } from './deps.ts';
import { NEW } from './order-commands.ts';

type NewOrder = OrderBatch['orders'][number];

const CREATED = 201;

export function batchRoute(deps: PartnerDeps): Route {
  return {
    endpoint: createBatch,
    faults: (_, body) => repeatedReferences((body as OrderBatch).orders), // checked by the endpoint's schema
    handle: async (call) => {
      const { orders } = call.body as OrderBatch;
      await deps.quota.order(principalIn(call).tenant, orders.length, call.tell);
      const made = await Promise.all(orders.map((order, n) => create(deps, call, order, n)));
      const headers: Record<string, string> = made.every(({ replay }) => replay) ? { 'Idempotent-Replay': 'true' } : {};
      return { headers, body: { items: made.map(({ item }) => item) } };
    },
  };
}

function repeatedReferences(orders: readonly NewOrder[]): Fault[] {
  const seen = new Set<string>();
  return orders.flatMap(({ reference }, n) => {
    if (reference === undefined) return [];
    if (seen.has(reference)) return [{ path: `/orders/${n}/reference`, rule: 'only once in a batch' }];
    seen.add(reference);
    return [];
  });
}

async function create(deps: PartnerDeps, call: Call, order: NewOrder, place: number) {
  const principal = principalIn(call);
  const { key, trace } = call;
  const commandId = uuid5(commandIdOf(principal, NEW, key), JSON.stringify(order.reference ?? place));
  const actor = uuid5(NAMESPACE.order, commandId);
  // Also of a refused one: who reads the answer should not have to count.
  const named = order.reference === undefined ? {} : { reference: order.reference };
  const asking = { principal, kind: 'order', actor, commandId, key, command: { type: NEW, ...order }, trace };
  try {
    const answer = await sendUnder(rolesFor(ORDER_COMMANDS.create, principal, actor), asking, deps);
    return { replay: answer.replay, item: { ...itemOf(tell(answer, principal), CREATED), ...named } };
  } catch (error) {
    // What has a bug fails whole, and loudly; a queue that is full for this one is this one's answer.
    if (!(error instanceof AndonError)) throw error;
    return { replay: false, item: { ...problemOf(error, httpStatusOf).body, ...named } };
  }
}
