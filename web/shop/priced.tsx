import type { JSX } from 'preact';
import type { Order, Price } from '../../gateways/contract/order.ts';
import { hasExpired } from '../client/offers.ts';
import { followText } from '../text/follow.ts';
import { day, money, when } from '../text/format.ts';
import { offerText } from '../text/offer.ts';
import { lineName } from '../text/price-lines.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { Lamp } from '../ui/mark.tsx';
import { hurryOf } from '../ui/offer.ts';
import { now } from '../ui/ticking.ts';
import { approve, requote } from './order-acts.ts';
import { GUEST, LIST } from './route.ts';
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
      {expired ? null : <Ready order={order} />}
      <ActFault act="approve" />
      <ActFault act="requote" />
      <Step act="approve" go={words.approve(amount)} busy={words.busy} send={() => void approve(price)} />
      <Step act="requote" go={words.requote} busy={words.requoting} send={() => void requote()} />
      {expired || GUEST ? null : (
        <a class="btn quiet" href={LIST}>
          {followText.decideLater}
        </a>
      )}
      {expired ? null : <p class="under">{words.holds(price.version, when(price.validUntil))}</p>}
    </section>
  );
}

/** When it would be there: the clock runs from the approval. */
function Ready({ order: { site, settings } }: { order: Order }): JSX.Element | null {
  const maker = catalog.value?.sites.find(({ id }) => id === site);
  const hurry = maker && hurryOf(maker, settings.urgency, now.value);
  if (hurry === undefined) return null;
  return (
    <p>
      <b>{offerText.ifNow(day(hurry.ready))}</b> <span class="label">{offerText.ifNowWhy}</span>
    </p>
  );
}
