/** Names of reasons: those of the catalogue by the command that took them, the system's own by our words. */
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { eventText } from './events.ts';

/** Which list of the catalogue the reason of an event is from. */
const LIST: Readonly<Record<string, string>> = {
  held: 'hold',
  released: 'release',
  reworked: 'rework',
  rejected: 'reject',
  cancelled: 'request-cancel',
  'cancel-requested': 'request-cancel',
  'cancel-refused': 'refuse-cancel',
  'price-set': 'set-price',
};

export function reasonOfEvent(catalog: Catalog | undefined, type: string, reason: string): string {
  if (type === 'pricing-failed') return eventText.priceFailures[reason] ?? reason;
  return reasonName(catalog, LIST[type] ?? type, reason);
}

/** `command`: whose list of reasons it is. */
export const reasonName = (catalog: Catalog | undefined, command: string, reason: string): string =>
  catalog?.reasons[command]?.find(({ id }) => id === reason)?.name ?? eventText.ownReasons[reason] ?? reason;
