/** A *no* in the words of the shop. */
import type { Price } from '../../gateways/contract/order.ts';
import { codeOf, faultyField, ProblemError } from '../client/problem.ts';
import { problemText } from '../text/common.ts';
import { money } from '../text/format.ts';
import { shopText } from '../text/shop.ts';

export interface Fault {
  readonly code: string;
  readonly text: string;
}

export function faultOf(error: unknown): string {
  const code = codeOf(error);
  const details = error instanceof ProblemError ? error.details : {};
  // The server's own words name fields and rules; a buyer reads ours.
  if (code === 'invalid') return shopText.refused.byField[faultyField(error) ?? ''] ?? problemText(code);
  const price = details['price'] as Price | null | undefined;
  if (code === 'price_changed' && price) return shopText.refused.changedTo(money(price.amount, price.currency));
  return shopText.refused.byCode[code] ?? problemText(code);
}
