/** What buyers and partners do next with an order of theirs. Pure. Most approve; some think better of it, some forget. */
import type { Order } from '../../gateways/contract/order.ts';
import { pick, roll } from '../chance.ts';
import { type Act, act, isRipe, type Moment, type Reasons, type Seconds } from './act.ts';

const SUBMIT: Seconds = [0.6, 2];
const APPROVE: Seconds = [2, 8];
const DROP: Seconds = [5, 15];
const COME_BACK: Seconds = [5, 30];
const REGRET: Seconds = [4, 16];

export function customerAct(order: Order, reasons: Reasons, moment: Moment): Act | undefined {
  const { id, version, status, hold, cancellation, price, waiting } = order;
  if (hold !== undefined || cancellation !== undefined) return undefined;
  const ripe = (seconds: Seconds): boolean => isRipe(waiting.since, seconds, moment, id);
  switch (status) {
    case 'INITIATED': // a few stay drafts, until they expire
      return roll(id, 'draft') >= 0.02 && ripe(SUBMIT) ? act(order, 'submit') : undefined;
    case 'PRICE_CALCULATED': {
      if (waiting.reason === 'price-expired') {
        if (!ripe(COME_BACK)) return undefined;
        return roll(id, version, 'back') < 0.6 ? act(order, 'requote') : cancel(order, reasons);
      }
      const mind = roll(id, price?.version ?? 0, 'mind');
      if (mind < 0.05) return ripe(DROP) ? cancel(order, reasons) : undefined;
      if (mind < 0.08 || !ripe(APPROVE)) return undefined; // forgotten, until the price has expired
      return act(order, 'approve', { priceVersion: price?.version ?? 0 });
    }
    case 'MANUFACTURING_STARTED':
      return roll(id, version, 'regret') < 0.05 && ripe(REGRET) ? cancel(order, reasons) : undefined;
    default:
      return undefined;
  }
}

function cancel(order: Order, reasons: Reasons): Act | undefined {
  const reason = pick(reasons['request-cancel'] ?? [], order.id, order.version)?.id;
  return reason === undefined ? undefined : act(order, 'request-cancel', { reason });
}
