/** What CRM decides of an order that nobody makes yet. */
import { tariffOf } from '../../pricing/book.ts';
import { endOf, timer } from '../times.ts';
import { AS_IT_IS, captured, type Decide, invalid, wrongStatus } from './guards.ts';
import { hasExpired } from './submit.ts';

/** An equal price that still holds is not given again. */
export const setPrice: Decide<'set-price'> = (order, { amount, currency, reason }, context) => {
  const refusal = wrongStatus(order, ['PRICE_FAILED', 'PRICE_CALCULATED']);
  if (refusal) return refusal;
  const tariff = tariffOf(context.facts.tariffs, order.site);
  if (tariff === undefined) return invalid([{ path: '/site', rule: 'unknown site' }]);
  if (currency !== tariff.currency) return invalid([{ path: '/currency', rule: `must be ${tariff.currency}` }]);
  const { price: present } = order;
  const same = present?.amount === amount && present.currency === currency;
  if (same && !hasExpired(order, context.now)) return AS_IT_IS;

  const version = order.priceVersion + 1;
  const validUntil = endOf('priceMs', context);
  const lines = [{ name: 'Price set by hand', amount }];
  const price = { version, amount, currency, lines, validUntil, tariff: tariff.version };
  return {
    events: [{ type: 'price-set', price, reason }],
    jobs: [timer(context, 'price', version, validUntil)],
  };
};

export const reject: Decide<'reject'> = (order, { reason }) =>
  wrongStatus(order, ['SUBMITTED', 'PRICING', 'PRICE_CALCULATED', 'PRICE_FAILED', 'MANUFACTURING_APPROVED']) ??
  captured(order) ?? { events: [{ type: 'rejected', reason }] };
