import { refuse } from '../../../src/runtime/actor.ts';
import { tariffOf } from '../../pricing/book.ts';
import type { Price } from '../state.ts';
import { inMs } from '../times.ts';
import { type Decide, invalid, onHold, wrongStatus } from './guards.ts';
import { hasExpired } from './submit.ts';

const HOUR_MS = 3_600_000;

/** Only that version of the price, only while it holds; the urgency's lead time sets when the order is due. */
export const approve: Decide<'approve'> = (order, { priceVersion }, { now, facts }) => {
  const refusal = wrongStatus(order, ['PRICE_CALCULATED']) ?? onHold(order);
  if (refusal) return refusal;
  const { price } = order;
  if (price?.version !== priceVersion) return refuse('price_changed', { price: price ? shown(price) : null });
  if (hasExpired(order, now)) return refuse('price_expired');

  const tariff = tariffOf(facts.tariffs, order.site);
  if (tariff === undefined) return invalid([{ path: '/site', rule: 'unknown site' }]);
  const urgency = tariff.urgencies.find(({ id }) => id === order.settings.urgency);
  if (urgency === undefined) return invalid([{ path: '/settings/urgency', rule: 'unknown urgency' }]);
  const due = inMs(now, urgency.leadHours * HOUR_MS);
  return { events: [{ type: 'approved', priceVersion, due }] };
};

/** A price as callers see it. */
const shown = ({ tariff: _, expired: __, ...price }: Price): Omit<Price, 'tariff' | 'expired'> => price;
