import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { eventText } from '../text/events.ts';
import { when } from '../text/format.ts';
import { reasonOfEvent } from '../text/reasons.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { Lamp } from '../ui/mark.tsx';
import { offers, submit } from './order-acts.ts';
import { changes, story } from './order-live.ts';
import { Priced } from './priced.tsx';
import { Pricing } from './pricing.tsx';
import { GUEST } from './route.ts';
import { isMade, stagesOf } from './stages.ts';
import { ActFault, Step } from './step.tsx';
import { Steps } from './steps.tsx';

/** The panel that says how it stands and what the buyer may do about it. */
export function OrderState({ order }: { order: Order }): JSX.Element {
  switch (order.status) {
    case 'INITIATED':
      return <Unsubmitted />;
    case 'SUBMITTED':
    case 'PRICING':
      return <Pricing order={order} />;
    case 'PRICE_CALCULATED':
      return order.price === undefined ? <Pricing order={order} /> : <Priced order={order} price={order.price} />;
    case 'PRICE_FAILED':
      return <Failed reason={order.waiting.reason} />;
    default:
      return isMade(order.status) ? <Path order={order} /> : <Ended status={order.status} />;
  }
}

const Unsubmitted = (): JSX.Element => (
  <section class="panel quote">
    <p>{GUEST ? shopText.submit.guest : shopText.submit.text}</p>
    <ActFault act="submit" />
    <Step act="submit" go={shopText.submit.go} busy={shopText.submit.busy} send={() => void submit()} />
  </section>
);

function Failed({ reason }: { reason: string }): JSX.Element {
  const words = shopText.failed;
  return (
    <section class="panel quote">
      <div class="note" data-s="warn" title={reason}>
        <Lamp name="tight" />
        <p>
          <b>{eventText.priceFailures[reason] ?? words.other(reason)}</b>
          {words.text}
        </p>
      </div>
      {offers.value.includes('attach-model') ? <p class="under">{words.again}</p> : null}
    </section>
  );
}

const GOING = { lamp: 'flow', tone: 'go' } as const;
const HELD = { lamp: 'hold', tone: 'hold' } as const;

const Path = ({ order }: { order: Order }): JSX.Element => (
  <section class="panel quote" aria-label={shopText.path.title}>
    <Steps stages={stagesOf(order, changes.value)} {...(order.hold ? HELD : GOING)} />
    {order.shipment === undefined ? null : <Parcel shipment={order.shipment} />}
    {order.status === 'CLOSED' ? <p class="under">{shopText.path.closed}</p> : null}
  </section>
);

const Parcel = ({ shipment }: { shipment: NonNullable<Order['shipment']> }): JSX.Element => (
  <dl class="facts lined">
    <div>
      <dt>{shopText.parcel.carrier}</dt>
      <dd>{shipment.carrier}</dd>
    </div>
    <div>
      <dt>{shopText.parcel.tracking}</dt>
      <dd class="code">{shipment.tracking}</dd>
    </div>
    <div>
      <dt>{shopText.parcel.at}</dt>
      <dd>{when(shipment.at)}</dd>
    </div>
  </dl>
);

const ENDS: Readonly<Record<string, string>> = { CANCELLED: 'cancelled', REJECTED: 'rejected' };

function Ended({ status }: { status: string }): JSX.Element {
  const end = story.value.findLast(({ type }) => type === ENDS[status]);
  return (
    <section class="panel quote">
      <p>
        <b>{shopText.ended[status] ?? shopText.status[status] ?? status}</b>
      </p>
      {end?.reason === undefined ? null : (
        <p class="dim" title={end.reason}>
          {shopText.endedFor(reasonOfEvent(catalog.value, end.type, end.reason))}
        </p>
      )}
    </section>
  );
}
