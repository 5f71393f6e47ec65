import type { JSX } from 'preact';
import type { Order, Price } from '../../gateways/contract/order.ts';
import { shopText } from '../text/en-shop.ts';
import { duration, moment, money, when } from '../text/format.ts';
import { Fault } from '../ui/form.tsx';
import { Lamp, type LampName, type Tone } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { actFault, acting, approve, submit } from './order-acts.ts';
import { changes } from './order-live.ts';
import { isMade, type Stage, stagesOf } from './stages.ts';

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

const ActFault = ({ act }: { act: 'submit' | 'approve' }): JSX.Element | null =>
  actFault.value?.act === act ? <Fault code={actFault.value.code} text={actFault.value.text} /> : null;

const Unsubmitted = (): JSX.Element => (
  <section class="panel quote">
    <p>{shopText.submit.text}</p>
    <ActFault act="submit" />
    <button
      type="button"
      class="btn floor primary"
      aria-busy={acting.value === 'submit' || undefined}
      onClick={() => void submit()}
    >
      {acting.value === 'submit' ? shopText.submit.busy : shopText.submit.go}
    </button>
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
      <Steps stages={stages} tone="info" />
      <button type="button" class="btn floor" aria-disabled="true" aria-describedby="why-not">
        {words.approve}
      </button>
      <p class="under" id="why-not">
        {words.opens} {words.text}
      </p>
    </section>
  );
}

function Priced({ order, price }: { order: Order; price: Price }): JSX.Element {
  const words = shopText.priced;
  const amount = money(price.amount, price.currency);
  const expired = Date.parse(price.validUntil) <= now.value;
  const busy = acting.value === 'approve';
  return (
    <section class="panel quote" aria-label={shopText.status[order.status]}>
      <p>
        <span class="price">{amount}</span> <span class="dim">{words.forPieces(order.settings.quantity)}</span>
      </p>
      <dl class="facts lined">
        {price.lines.map((line, at) => (
          <div key={`${at}-${line.name}`}>
            <dt>{line.name}</dt>
            <dd>{money(line.amount, price.currency)}</dd>
          </div>
        ))}
      </dl>
      <ActFault act="approve" />
      <button
        type="button"
        class={expired || busy ? 'btn floor' : 'btn floor primary'}
        aria-busy={busy || undefined}
        aria-disabled={expired || undefined}
        onClick={() => void (expired ? undefined : approve(price))}
      >
        {busy ? words.busy : words.approve(amount)}
      </button>
      <p class="under">{(expired ? words.expired : words.holds)(price.version, when(price.validUntil))}</p>
    </section>
  );
}

function Failed({ reason }: { reason: string }): JSX.Element {
  const words = shopText.failed;
  return (
    <section class="panel quote">
      <div class="note" data-s="warn" title={reason}>
        <Lamp name="tight" />
        <p>
          <b>{words.reasons[reason] ?? words.other(reason)}</b>
          {words.text}
        </p>
      </div>
      <p class="under">{words.again}</p>
    </section>
  );
}

const Path = ({ order }: { order: Order }): JSX.Element => (
  <section class="panel quote" aria-label={shopText.path.title}>
    <Steps stages={stagesOf(order, changes.value)} tone="go" />
    {order.due === undefined ? null : <p class="under">{shopText.path.due(when(order.due))}</p>}
  </section>
);

const Ended = ({ status }: { status: string }): JSX.Element => (
  <section class="panel quote">
    <p>{shopText.ended[status] ?? shopText.status[status] ?? status}</p>
  </section>
);

const LAMP: Readonly<Record<Stage['state'], LampName>> = { done: 'done', now: 'flow', next: 'wait' };

const Steps = ({ stages, tone }: { stages: readonly Stage[]; tone: Tone }): JSX.Element => (
  <ol class="steps">
    {stages.map((stage) => (
      <li key={stage.title} class={stage.state} aria-current={stage.state === 'now' ? 'step' : undefined}>
        <Lamp name={LAMP[stage.state]} {...(stage.state === 'now' ? { tone } : {})} />
        <span>
          <b>{stage.title}</b>
          {stage.detail === undefined ? null : <small>{stage.detail}</small>}
        </span>
        {stage.at === undefined ? null : (
          <time dateTime={stage.at}>
            {stage.state === 'now' ? shopText.path.since(moment(stage.at, now.value)) : moment(stage.at, now.value)}
          </time>
        )}
      </li>
    ))}
  </ol>
);
