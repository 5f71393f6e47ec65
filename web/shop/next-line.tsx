import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { followText } from '../text/follow.ts';
import { duration, moment } from '../text/format.ts';
import { Lamp } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { GUEST } from './route.ts';

/** Who must act next, and since when. */
export function NextLine({ order: { waiting } }: { order: Order }): JSX.Element | null {
  const text = followText.next;
  const who = waiting.for === 'buyer' && GUEST ? text.buyerOther : text.who[waiting.for];
  if (who === undefined) return null;
  const mine = waiting.for === 'buyer' && !GUEST;
  return (
    <p class="last next-line">
      <Lamp name={mine ? 'tight' : 'flow'} tone={mine ? 'warn' : 'info'} />
      <span>
        {text.title}: <b>{who}</b>,{' '}
        {text.since(moment(waiting.since, now.value), duration(Math.max(0, now.value - Date.parse(waiting.since))))}
      </span>
    </p>
  );
}
