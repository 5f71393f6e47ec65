/** What sales and the carrier do next. Pure. What somebody stopped who is not of the demo stays stopped. */
import type { Order } from '../../gateways/contract/order.ts';
import { between, pick, roll } from '../chance.ts';
import { type Act, act, isRipe, type Moment, type Reasons, type Seconds } from './act.ts';

const PRICE: Seconds = [14, 35];
const ANSWER: Seconds = [15, 35];
const RESUME: Seconds = [45, 70];
const DELIVER: Seconds = [12, 35];

export interface Office extends Moment {
  readonly reasons: Reasons;
  readonly currencyOf: (site: string) => string | undefined;
  /** Is this person played by the demo? */
  readonly plays: (person: string) => boolean;
}

export function crmAct(order: Order, office: Office): Act | undefined {
  const { id, version, site, status, hold, cancellation, waiting } = order;
  if (waiting.for !== 'crm') return undefined;
  const ripe = (seconds: Seconds): boolean => isRipe(waiting.since, seconds, office, id);
  if (cancellation !== undefined) {
    if (!ripe(ANSWER)) return undefined;
    return roll(id, version, 'agrees') < 0.6 ? act(order, 'accept-cancel') : reasoned(order, 'refuse-cancel', office);
  }
  if (hold !== undefined) return office.plays(hold.by.id ?? '') && ripe(RESUME) ? act(order, 'resume') : undefined;
  if (status !== 'PRICE_FAILED' || !ripe(PRICE)) return undefined;
  if (roll(id, version, 'hopeless') < 0.2) return reasoned(order, 'reject', office);
  const currency = office.currencyOf(site);
  const amount = 100 * Math.round(between(35, 240, id, 'price'));
  return currency === undefined ? undefined : reasoned(order, 'set-price', office, { amount, currency });
}

function reasoned(order: Order, type: string, { reasons }: Office, fields: Act['fields'] = {}): Act | undefined {
  const reason = pick(reasons[type] ?? [], order.id, order.version, type)?.id;
  return reason === undefined ? undefined : act(order, type, { ...fields, reason });
}

export const carrierAct = (order: Order, moment: Moment): Act | undefined =>
  order.status === 'SHIPPED' && isRipe(order.waiting.since, DELIVER, moment, order.id)
    ? act(order, 'delivered')
    : undefined;
