import type { JSX } from 'preact';
import type { Order, Price } from '../../gateways/contract/order.ts';
import { hasExpired } from '../client/offers.ts';
import { money, when } from '../text/format.ts';
import { lineName } from '../text/price-lines.ts';
import { shopText } from '../text/shop.ts';
import { Lamp } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { approve, requote } from './order-acts.ts';
import { ActFault, Step } from './step.tsx';

/** The price, as long as it holds to be approved, then to be asked for anew. */
export function Priced({ order, price }: { order: Order; price: Price }): JSX.Element {
  const words = shopText.priced;
  const amount = money(price.amount, price.currency);
  const expired = hasExpired(order, now.value);
  return (
    <section class="panel quote" aria-label={shopText.status[order.status]}>
      {expired ? (
        <div class="note" data-s="warn" role="status">
          <Lamp name="tight" />
          <p>
            <b>{words.expired}</b>
            {words.expiredText(when(price.validUntil))}
          </p>
        </div>
      ) : null}
      <p class={expired ? 'void' : undefined}>
        <span class="price">{amount}</span> <span class="dim">{words.forPieces(order.settings.quantity)}</span>
      </p>
      <dl class="facts lined">
        {price.lines.map((line, at) => (
          <div key={`${at}-${line.name}`}>
            <dt>{lineName(line.name)}</dt>
            <dd>{money(line.amount, price.currency)}</dd>
          </div>
        ))}
      </dl>
      <ActFault act="approve" />
      <ActFault act="requote" />
      <Step act="approve" go={words.approve(amount)} busy={words.busy} send={() => void approve(price)} />
      <Step act="requote" go={words.requote} busy={words.requoting} send={() => void requote()} />
      {expired ? null : <p class="under">{words.holds(price.version, when(price.validUntil))}</p>}
    </section>
  );
}
