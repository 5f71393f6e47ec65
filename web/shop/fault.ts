/** A *no* in the words of the shop. */
import type { Price } from '../../gateways/contract/order.ts';
import { codeOf, ProblemError } from '../client/problem.ts';
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
  if (code === 'invalid') return invalidText(details['errors']);
  const price = details['price'] as Price | null | undefined;
  if (code === 'price_changed' && price) return shopText.refused.changedTo(money(price.amount, price.currency));
  return shopText.refused.byCode[code] ?? problemText(code);
}

/** A 422 names the field; what it says is shown with it, the rest in general words. */
function invalidText(errors: unknown): string {
  const [first] = Array.isArray(errors) ? (errors as { path?: string; rule?: string }[]) : [];
  if (first === undefined) return problemText('invalid');
  return shopText.place.invalid(first.path?.split('/').at(-1) ?? '', first.rule ?? '');
}
