import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { eventText } from '../text/events.ts';
import { duration, when } from '../text/format.ts';
import { reasonOfEvent } from '../text/reasons.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { Lamp } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { offers, submit } from './order-acts.ts';
import { changes, pricing, story } from './order-live.ts';
import { priceWait } from './price-wait.ts';
import { Priced } from './priced.tsx';
import { GUEST } from './route.ts';
import { isMade, type Stage, stagesOf } from './stages.ts';
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

/** Shorter waits need no figure. */
const SOON_MS = 3_000;

function Pricing({ order }: { order: Order }): JSX.Element {
  const words = shopText.pricing;
  const waited = now.value - Date.parse(order.waiting.since);
  const since = waited < SOON_MS ? {} : { detail: words.waits(duration(waited)) };
  const queued = order.status === 'SUBMITTED';
  const stages: Stage[] = [
    { state: 'done', title: words.received, at: order.createdAt },
    { state: queued ? 'now' : 'done', title: words.queue, ...(queued ? since : {}) },
    { state: queued ? 'next' : 'now', title: words.measuring, ...(queued ? {} : since) },
    { state: 'next', title: words.price },
  ];
  return (
    <section class="panel quote" aria-label={shopText.status[order.status]}>
      <Wait queued={queued} />
      <Steps stages={stages} lamp="flow" tone="info" />
      <ActFault act="approve" />
      {GUEST ? null : (
        <>
          <button type="button" class="btn floor" aria-disabled="true" aria-describedby="why-not">
            {words.approve}
          </button>
          <p class="under" id="why-not">
            {words.opens} {words.text}
          </p>
        </>
      )}
    </section>
  );
}

/** The place in the queue and the time the price will take; a dash for what nobody knows. */
function Wait({ queued }: { queued: boolean }): JSX.Element {
  const words = shopText.pricing;
  const { place, ready } = priceWait(pricing.value);
  return (
    <dl class="price-wait">
      {queued ? <Told name={words.yourPlace} value={place} /> : null}
      <Told name={words.ready} value={ready} />
    </dl>
  );
}

const Told = ({ name, value }: { name: string; value: string | undefined }): JSX.Element => (
  <div>
    <dt class="label">{name}</dt>
    <dd>
      {value ?? (
        <>
          <span aria-hidden="true">–</span>
          <span class="sr">{shopText.pricing.unknown}</span>
        </>
      )}
    </dd>
  </div>
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
    {order.due === undefined || order.shipment !== undefined ? null : (
      <p class="under">{shopText.path.due(when(order.due))}</p>
    )}
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
