import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Order } from '../../gateways/contract/order.ts';
import { hasExpired } from '../client/offers.ts';
import { problemText } from '../text/common.ts';
import { consoleText } from '../text/console.ts';
import { duration, moment, money, number, when } from '../text/format.ts';
import { lineName } from '../text/price-lines.ts';
import { catalog, finishName, materialName, siteName, urgencyName } from '../ui/catalog.ts';
import { Fact, Measured } from '../ui/facts.tsx';
import { focusOn } from '../ui/focus.ts';
import { Digits, Icon, Lamp, Thumb } from '../ui/mark.tsx';
import { pictureOf } from '../ui/model-picture.ts';
import { now } from '../ui/ticking.ts';
import { Timeline } from '../ui/timeline.tsx';
import { Acts } from './acts-view.tsx';
import { me, view } from './app.ts';
import { Bands } from './bands.tsx';
import { lampOf, stateOf } from './lamp.ts';
import { following } from './order-live.ts';
import { route } from './route.ts';
import { p95At } from './usual.ts';
import { address } from './view.ts';

export function OrderPanel(): JSX.Element {
  const followed = following.value;
  const order = followed?.order.value;
  const missing = followed?.missing.value;
  return (
    <article class="one" aria-label={order?.number ?? consoleText.title}>
      {route.value.order === undefined ? <p class="dim hint">{consoleText.choose}</p> : <Back />}
      {missing === undefined ? null : (
        <p class="panel" title={missing}>
          {missing === 'not_found' || missing === 'invalid' ? consoleText.missing : problemText(missing)}
        </p>
      )}
      {order === undefined || missing !== undefined ? null : <Whole key={order.id} order={order} />}
    </article>
  );
}

const Back = (): JSX.Element => (
  <a class="btn quiet back" href={address(view.value)}>
    <Icon name="back" />
    {consoleText.back}
  </a>
);

function Whole({ order }: { order: Order }): JSX.Element {
  // On a telephone it takes the place of the list, and the focus with it.
  useEffect(() => {
    if (document.querySelector<HTMLElement>('.orders')?.offsetParent !== null) return;
    scrollTo(0, 0);
    focusOn('.one h2');
  }, []);
  return (
    <>
      <Head order={order} />
      <Bands order={order} />
      <Acts order={order} />
      <div class="panels">
        <div class="stack">
          <Price order={order} />
          <Facts order={order} />
        </div>
        <div class="stack">
          <Model order={order} />
        </div>
      </div>
      <div class="panel">
        <Timeline
          items={following.value?.story.value ?? []}
          p95Of={(status) => p95At(order.site, status)}
          catalog={catalog.value}
          me={typeof me.value === 'object' ? me.value.id : undefined}
        />
      </div>
    </>
  );
}

function Head({ order }: { order: Order }): JSX.Element {
  const [lamp, tone] = lampOf(order);
  const { waiting } = order;
  const words = consoleText.waiting;
  const who = waiting.who?.name ?? words.for[waiting.for];
  return (
    <header class="hero">
      <Thumb material={order.settings.material} quantity={order.settings.quantity} image={pictureOf(order.model)} />
      <div>
        <h2 class="no" tabIndex={-1}>
          <Digits number={order.number} />
        </h2>
        <p class="row asks" data-s={tone} data-status={order.status}>
          <Lamp name={lamp} />
          <b>{stateOf(order)}</b>
        </p>
        <p title={waiting.reason}>
          <span class="dim">{words.title}: </span>
          <b>{who}</b>, {words.why(waiting.reason)}{' '}
          <span class="dim">
            {words.since(moment(waiting.since, now.value), duration(now.value - Date.parse(waiting.since)))}
          </span>
        </p>
      </div>
    </header>
  );
}

function Price({ order }: { order: Order }): JSX.Element {
  const { price } = order;
  const words = consoleText.price;
  return (
    <section class="panel stack close" aria-labelledby="h-price">
      <h3 id="h-price">{words.title}</h3>
      {price === undefined ? (
        <p class="dim">{words.none}</p>
      ) : (
        <>
          <p class="amount">{money(price.amount, price.currency)}</p>
          <dl class="facts lined">
            {price.lines.map((line, at) => (
              <Fact key={`${at}-${line.name}`} name={lineName(line.name)} value={money(line.amount, price.currency)} />
            ))}
          </dl>
          {order.status === 'PRICE_CALCULATED' ? (
            <p class="dim small-text">
              {(hasExpired(order, now.value) ? words.expired : words.holds)(price.version, when(price.validUntil))}
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

function Facts({ order }: { order: Order }): JSX.Element {
  const { settings, shipment, capture } = order;
  const words = consoleText.facts;
  const made = `${materialName(settings.material)}, ${finishName(settings.material, settings.finish)}`;
  return (
    <section class="panel stack close" aria-labelledby="h-facts">
      <h3 id="h-facts">{words.title}</h3>
      <dl class="facts">
        <Fact name={words.site} value={siteName(order.site)} />
        {order.reference === undefined ? null : <Fact name={words.reference} value={order.reference} />}
        <Fact name={words.material} value={made} />
        <Fact name={words.quantity} value={number(settings.quantity)} />
        <Fact name={words.urgency} value={urgencyName(settings.urgency)} />
        {order.due === undefined ? null : <Fact name={words.due} value={when(order.due)} />}
        {capture?.operator === undefined ? null : (
          <Fact
            name={words.holder}
            value={capture.unattended ? words.away(capture.operator.name) : capture.operator.name}
          />
        )}
        {shipment === undefined ? null : (
          <>
            <Fact name={words.carrier} value={shipment.carrier} />
            <Fact name={words.tracking} value={shipment.tracking} />
          </>
        )}
        <Fact name={words.created} value={when(order.createdAt)} />
        <Fact name={words.version} value={String(order.version)} />
      </dl>
    </section>
  );
}

function Model({ order: { model } }: { order: Order }): JSX.Element {
  const words = consoleText.model;
  return (
    <section class="panel stack close" aria-labelledby="h-model">
      <h3 id="h-model">{words.title}</h3>
      <a class="btn file-link" href={`/api/models/${model.id}/file`} download={model.name} title={model.name}>
        {words.download(model.name)}
      </a>
      {model.facts === undefined ? null : <Measured facts={model.facts} />}
    </section>
  );
}
