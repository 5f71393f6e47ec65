import { plural } from './common.ts';
import { words } from './words.ts';

const STATE: Readonly<Record<string, string>> = {
  INITIATED: 'not submitted yet',
  SUBMITTED: 'waits for its price',
  PRICING: 'waits for its price',
  PRICE_CALCULATED: 'waits for the customer’s approval',
  PRICE_FAILED: 'with sales, without a price',
  MANUFACTURING_APPROVED: 'new',
  MANUFACTURING_STARTED: 'in work',
  MANUFACTURING_COMPLETED: 'made',
  PACKAGING: 'in packing',
  SHIPPED: 'shipped',
  DELIVERED: 'delivered',
  CLOSED: 'delivered and closed',
  EXPIRED: 'expired, never submitted',
  REJECTED: 'rejected',
  CANCELLED: 'cancelled',
};

/** What became of a scan. */
export const scanText = words('scan', {
  label: 'Scanned',
  state: STATE,
  asking: (text: string) => `Looking for ${text}`,
  none: (text: string) => `${text} is not known at this site.`,
  several: (text: string) => `Several orders begin with ${text}. Scan or type the whole number.`,
  away: (text: string) => `${text} is not on this board, and nobody answered where it is. Try again in a moment.`,
  elsewhere: (number: string, state: string) => `${number} is not on this board: ${state}.`,
  atSite: (number: string, site: string, state: string) => `${number} is at ${site}: ${state}.`,
  burst: (all: number, here: number) => `${plural(all, 'scan', 'scans')}, ${here} on this board`,
  last: (number: string) => `Last: ${number}`,
  more: (count: number) => `and ${count} more`,
  open: 'Open',
  openFor: (number: string) => `Open order ${number}`,
});
