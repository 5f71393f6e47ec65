/** The signal of an order: a question to somebody first, then what stops it, then how it goes; and the words for it. Pure. */
import type { Order } from '../../gateways/contract/order.ts';
import { consoleText } from '../text/console.ts';
import type { LampName, Tone } from '../ui/mark.tsx';

export function lampOf({ status, waiting, hold, cancellation }: Order): [LampName, Tone] {
  if (status === 'CANCELLED' || status === 'REJECTED' || status === 'EXPIRED') return ['cancel', 'none'];
  if (status === 'DELIVERED' || status === 'CLOSED') return ['done', 'go'];
  if (cancellation !== undefined) return ['cancel', 'stop'];
  if (hold !== undefined) return ['hold', 'hold'];
  if (status === 'PRICE_FAILED' || waiting.reason === 'price-expired') return ['tight', 'warn'];
  return status === 'MANUFACTURING_STARTED' ? ['flow', 'go'] : ['wait', 'none'];
}

export function stateOf({ status, hold, cancellation }: Order): string {
  const words = consoleText.status[status] ?? status;
  if (cancellation !== undefined) return consoleText.besides.cancel(words);
  return hold === undefined ? words : consoleText.besides.hold(words);
}
