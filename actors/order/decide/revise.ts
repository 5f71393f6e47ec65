/** Another model, other settings: price and approval are void, and what is calculated for the old revision is obsolete. */
import { type Decision, type Refusal, refuse } from '../../../src/runtime/actor.ts';
import { priceJob } from '../../jobs.ts';
import { settingsFaults } from '../../pricing/settings.ts';
import type { OrderEvent } from '../events.ts';
import type { ModelFact } from '../facts.ts';
import { BEFORE_WORK } from '../lifecycle.ts';
import type { Model, OrderState, Settings } from '../state.ts';
import { AS_IT_IS, captured, type Decide, invalid, type OrderContext, wrongStatus } from './guards.ts';

export const attachModel: Decide<'attach-model'> = (order, _, context) => {
  const refusal = fixed(order);
  if (refusal) return refusal;
  const { issuer } = context;
  // CRM has no models: it attaches one of the customer's.
  const owner = issuer.role === 'crm' ? { tenant: order.tenant, id: order.owner } : issuer;
  const model = ownedBy(owner, context.facts.model);
  if (model === undefined) return invalid([{ path: '/model', rule: 'unknown model' }]);
  if (model.id === order.model.id) return AS_IT_IS;
  return revise(order, context, { type: 'model-attached', model: modelOf(model), revision: order.revision + 1 });
};

export const changeSettings: Decide<'change-settings'> = (order, { settings }, context) => {
  const refusal = fixed(order);
  if (refusal) return refusal;
  const faults = settingsFaults(context.facts.tariffs ?? [], order.site, settings);
  if (faults.length > 0) return invalid(faults);
  if (sameSettings(order.settings, settings)) return AS_IT_IS;
  const changed = { type: 'settings-changed', settings, revision: order.revision + 1 } as const;
  return revise(order, context, changed, queuedSince(order));
};

/**
 * Other settings keep the place of an order that waits in the queue. What is being calculated has had its turn, and goes to
 * the end: else whoever changes it again and again would be before everybody.
 */
const queuedSince = ({ status, statusSince }: OrderState): string | undefined =>
  status === 'SUBMITTED' ? statusSince : undefined;

const fixed = (order: OrderState): Refusal | undefined =>
  wrongStatus(order, BEFORE_WORK) ??
  captured(order) ??
  (order.cancellation === undefined ? undefined : refuse('cancel_pending'));

/** Before submission nobody asks for a price. */
function revise(
  order: OrderState,
  context: OrderContext,
  event: OrderEvent & { readonly revision: number },
  since?: string,
): Decision<OrderEvent> {
  const jobs = order.status === 'INITIATED' ? [] : [priceAnew(order, context, event.revision, since)];
  return { events: [event], jobs };
}

/** `since`: it stands in the queue as if it had come then, RFC 3339. */
export const priceAnew = (order: OrderState, { id, actor }: OrderContext, revision: number, since?: string) =>
  priceJob(id('price'), { order: actor, revision }, order.tenant, since);

/** A model of somebody else is as unknown as one that does not exist. */
export const ownedBy = (
  { tenant, id }: { readonly tenant: string; readonly id: string },
  model: ModelFact | undefined,
): ModelFact | undefined => (model?.tenant === tenant && model.owner === id ? model : undefined);

export const modelOf = ({ id, name, bytes, facts }: ModelFact): Model => ({
  id,
  name,
  bytes,
  ...(facts === undefined ? {} : { facts }),
});

const sameSettings = (a: Settings, b: Settings): boolean =>
  a.material === b.material && a.finish === b.finish && a.quantity === b.quantity && a.urgency === b.urgency;
