import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { followText } from '../text/follow.ts';
import { duration } from '../text/format.ts';
import { shopText } from '../text/shop.ts';
import { now } from '../ui/ticking.ts';
import { movedUp, pricing } from './order-live.ts';
import { priceWait, shareOver } from './price-wait.ts';
import { QueuePicture } from './queue-picture.tsx';
import { GUEST } from './route.ts';
import type { Stage } from './stages.ts';
import { ActFault } from './step.tsx';
import { Steps } from './steps.tsx';

/** Shorter waits need no figure. */
const SOON_MS = 3_000;
const words = shopText.pricing;

export function Pricing({ order }: { order: Order }): JSX.Element {
  const waited = now.value - Date.parse(order.waiting.since);
  const queued = order.status === 'SUBMITTED';
  const detail =
    (queued ? movedUpWords() : undefined) ?? (waited < SOON_MS ? undefined : words.waits(duration(waited)));
  const since = detail === undefined ? {} : { detail };
  const stages: Stage[] = [
    { state: 'done', title: words.received, at: order.createdAt },
    { state: queued ? 'now' : 'done', title: words.queue, ...(queued ? since : {}) },
    { state: queued ? 'next' : 'now', title: words.measuring, ...(queued ? {} : since) },
    { state: 'next', title: words.price },
  ];
  return (
    <section class="panel quote" aria-label={shopText.status[order.status]}>
      <Wait queued={queued} waited={waited} />
      <Steps stages={stages} lamp="flow" tone="info" />
      <ActFault act="approve" />
      {GUEST ? null : (
        <>
          <button type="button" class="btn floor" aria-disabled="true" aria-describedby="why-not">
            {words.approve}
          </button>
          <p class="under" id="why-not">
            {words.opens} {followText.keepsPlace}
          </p>
        </>
      )}
    </section>
  );
}

function movedUpWords(): string | undefined {
  const moved = movedUp.value;
  if (moved === undefined) return undefined;
  const ago = now.value - moved.at;
  return ago < SOON_MS ? followText.movedUpNow(moved.places) : followText.movedUp(moved.places, duration(ago));
}

/** The place in the queue and the time the price will take; a dash for what nobody knows. */
function Wait({ queued, waited }: { queued: boolean; waited: number }): JSX.Element {
  const { place, ready } = priceWait(pricing.value);
  const over = shareOver(pricing.value, waited);
  return (
    <>
      <div class="price-wait">
        <dl>
          {queued ? <Told name={words.yourPlace} value={place} large /> : null}
          <Told name={words.ready} value={ready} />
        </dl>
        {queued && pricing.value !== undefined ? <QueuePicture before={pricing.value.position} /> : null}
      </div>
      {over === undefined ? null : (
        <progress value={over} max={100} data-s="info" aria-label={followText.share(over)} />
      )}
    </>
  );
}

const Told = (props: { name: string; value: string | undefined; large?: boolean }): JSX.Element => (
  <div>
    <dt class="label">{props.name}</dt>
    <dd class={props.large ? 'large' : undefined}>
      {props.value ?? (
        <>
          <span aria-hidden="true">–</span>
          <span class="sr">{words.unknown}</span>
        </>
      )}
    </dd>
  </div>
);
