/** What supervisors steer: how urgent an order is and where it is made. */
import { tariffOf } from '../../pricing/book.ts';
import { makes } from '../../pricing/settings.ts';
import { IN_HOUSE, OPEN, UNPRICED } from '../lifecycle.ts';
import { AS_IT_IS, captured, type Decide, invalid, wrongStatus } from './guards.ts';
import { priceAnew } from './revise.ts';

export const setPriority: Decide<'set-priority'> = (order, { priority }) =>
  wrongStatus(order, OPEN) ??
  (order.priority === priority ? AS_IT_IS : { events: [{ type: 'priority-set', priority }] });

/**
 * A price that was given stays, whatever the new site would charge; one that is still being calculated, or failed, is
 * calculated anew by the new site's tariff.
 */
export const move: Decide<'move'> = (order, { site }, context) => {
  const refusal = wrongStatus(order, IN_HOUSE) ?? captured(order);
  if (refusal) return refusal;
  if (site === order.site) return AS_IT_IS;
  const tariff = tariffOf(context.facts.tariffs, site);
  if (tariff === undefined) return invalid([{ path: '/site', rule: 'unknown site' }]);
  if (!makes(tariff, order.settings)) return invalid([{ path: '/site', rule: 'does not make these settings' }]);
  const moved = { type: 'moved', from: order.site, site } as const;
  if (!UNPRICED.includes(order.status)) return { events: [moved] };
  const revision = order.revision + 1;
  return { events: [{ ...moved, revision }], jobs: [priceAnew(order, context, revision)] };
};
