/** What the job says of a price. A result for an older revision or status is refused: its job is obsolete. */
import { type Refusal, refuse } from '../../../src/runtime/actor.ts';
import { type Status, UNPRICED } from '../lifecycle.ts';
import type { OrderState } from '../state.ts';
import { inMs, timer } from '../times.ts';
import { type Decide, invalid, wrongStatus } from './guards.ts';

/**
 * Said again by a second attempt of the job, or by a re-drive after a failure: goes on without a new event, unless the
 * order waits for the storage now, or does so no longer.
 */
export const pricingStarted: Decide<'pricing-started'> = (order, { revision, storage }) => {
  const refusal = obsolete(order, revision, UNPRICED);
  if (refusal) return refusal;
  const { status, awaitsStorage } = order;
  const news = status === 'SUBMITTED' || (status === 'PRICING' && awaitsStorage !== storage);
  return { events: news ? [{ type: 'pricing-started', revision, ...(storage ? { storage } : {}) }] : [] };
};

export const priced: Decide<'priced'> = (order, command, context) => {
  const { revision, job, facts, amount, currency, lines, tariff, validMs } = command;
  const refusal = obsolete(order, revision, UNPRICED);
  if (refusal) return refusal;
  if (lines.reduce((sum, line) => sum + line.amount, 0) !== amount) {
    return invalid([{ path: '/lines', rule: 'must add up to the amount' }]);
  }
  const validUntil = inMs(context.now, validMs);
  const version = order.priceVersion + 1;
  const price = { version, amount, currency, lines, validUntil, tariff };
  return {
    events: [{ type: 'priced', revision, price, facts }],
    done: [job],
    jobs: [timer(context, 'price', version, validUntil)],
  };
};

export const pricingFailed: Decide<'pricing-failed'> = (order, { revision, job, reason, facts }) =>
  obsolete(order, revision, ['SUBMITTED', 'PRICING']) ?? {
    events: [{ type: 'pricing-failed', revision, reason, ...(facts === undefined ? {} : { facts }) }],
    done: [job],
  };

const obsolete = (order: OrderState, revision: number, allowed: readonly Status[]): Refusal | undefined =>
  wrongStatus(order, allowed) ??
  (order.revision === revision
    ? undefined
    : refuse('wrong_status', { status: order.status, allowed, revision: order.revision }));
