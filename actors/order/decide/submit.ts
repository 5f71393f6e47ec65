/** Asking for a price. Where the model was measured before, the answer is there at once. */
import type { Emission } from '../../../src/runtime/actor.ts';
import { tariffOf } from '../../pricing/book.ts';
import { price } from '../../pricing/price.ts';
import type { OrderEvent } from '../events.ts';
import type { OrderState } from '../state.ts';
import { endOf, timer } from '../times.ts';
import { type Decide, nothing, type OrderContext, onHold, wrongStatus } from './guards.ts';
import { priceAnew } from './revise.ts';

export const submit: Decide<'submit'> = (order, _, context) =>
  wrongStatus(order, ['INITIATED']) ??
  onHold(order) ??
  pricedAtOnce(order, context) ?? {
    events: [{ type: 'submitted' }],
    jobs: [priceAnew(order, context, order.revision)],
  };

/** Only of a price whose time is over: a price that holds is not haggled about. */
export const requote: Decide<'requote'> = (order, _, context) =>
  wrongStatus(order, ['PRICE_CALCULATED']) ??
  onHold(order) ??
  (hasExpired(order, context.now) ? undefined : nothing('expired-price')) ?? {
    events: [{ type: 'submitted' }],
    jobs: [priceAnew(order, context, order.revision)],
  };

/** By its timer or, when that is late, by the clock. */
export const hasExpired = ({ price: given }: OrderState, now: number): boolean =>
  given !== undefined && (given.expired === true || now > Date.parse(given.validUntil));

/** What can't be priced so is looked at by the job. */
function pricedAtOnce(order: OrderState, context: OrderContext): Emission<OrderEvent> | undefined {
  const { facts } = order.model;
  const tariff = tariffOf(context.facts.tariffs, order.site);
  if (facts === undefined || tariff === undefined) return undefined;
  const calculated = price(tariff, order.settings, facts);
  if ('failure' in calculated) return undefined;
  const { revision } = order;
  const version = order.priceVersion + 1;
  const validUntil = endOf('priceMs', context);
  const given = { version, ...calculated, validUntil, tariff: tariff.version };
  return {
    events: [{ type: 'submitted' }, { type: 'priced', revision, price: given, facts }],
    jobs: [timer(context, 'price', version, validUntil)],
  };
}
