import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { followText } from '../text/follow.ts';
import { duration, moment } from '../text/format.ts';
import { Lamp } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { GUEST } from './route.ts';

/** There the panel says it, or its one button; as the band of a cancellation does. */
const TOLD = ['INITIATED', 'SUBMITTED', 'PRICING'];

/** Who must act next, and since when. */
export function NextLine({ order: { status, waiting, cancellation } }: { order: Order }): JSX.Element | null {
  const text = followText.next;
  if (cancellation !== undefined || TOLD.includes(status) || (status === 'PRICE_CALCULATED' && !GUEST)) return null;
  const who = waiting.for === 'buyer' && GUEST ? text.buyerOther : text.who[waiting.for];
  if (who === undefined) return null;
  const waited = now.value - Date.parse(waiting.since);
  const mine = waiting.for === 'buyer' && !GUEST;
  return (
    <p class="last next-line">
      <Lamp name={mine ? 'tight' : 'flow'} tone={mine ? 'warn' : 'info'} />
      <span>
        {text.title}: <b>{who}</b>, {text.since(moment(waiting.since, now.value))}
        {waited < 60_000 ? null : ` (${duration(waited)})`}
      </span>
    </p>
  );
}
