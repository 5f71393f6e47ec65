import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { ModelViewButton } from '../model-view/open-button.tsx';
import { problemText } from '../text/common.ts';
import { moment, number } from '../text/format.ts';
import { shopText } from '../text/shop.ts';
import { catalog, finishName, materialName, siteName, urgencyName } from '../ui/catalog.ts';
import { Fact, Measured } from '../ui/facts.tsx';
import { Digits, Lamp, Thumb } from '../ui/mark.tsx';
import { pictureOf } from '../ui/model-picture.ts';
import { gramsOf } from '../ui/offer.ts';
import { now } from '../ui/ticking.ts';
import { Cancel } from './cancel.tsx';
import { Due } from './due.tsx';
import { History } from './history.tsx';
import { Picture } from './model-stage.tsx';
import { NextLine } from './next-line.tsx';
import { Notices } from './notices.tsx';
import { missing, order } from './order-live.ts';
import { OrderState } from './order-state.tsx';
import { Revise } from './revise.tsx';
import { GUEST, LIST, NEW } from './route.ts';
import { solids } from './sending.ts';
import { Share } from './share.tsx';
import { SolidPicture } from './solid-picture.tsx';

export function OrderPage(): JSX.Element {
  const shown = order.value;
  if (missing.value !== undefined) return <Missing code={missing.value} />;
  if (shown === undefined) return <main class="narrow" />;
  return (
    <main class="order">
      <header class="hero">
        <Look order={shown} />
        <div>
          <p class="label">
            {shopText.order.word}{' '}
            <b class="no small">
              <Digits number={shown.number} />
            </b>
          </p>
          <h1 tabIndex={-1} aria-live="polite">
            {(GUEST ? shopText.guest.status[shown.status] : undefined) ?? shopText.status[shown.status] ?? shown.status}
          </h1>
          <p class="dim cut" title={shown.model.name}>
            {shown.model.name}
          </p>
        </div>
      </header>
      <div class="stack">
        {GUEST ? <p class="dim">{shopText.guest.text}</p> : null}
        <Notices order={shown} />
        <Due order={shown} />
        <OrderState order={shown} />
        <NextLine order={shown} />
        <Revise order={shown} />
        <Cancel order={shown} />
        {GUEST ? null : <Share order={shown.id} />}
        <p class="last" role="status">
          <Lamp name="flow" tone="go" />
          {shopText.order.updated(moment(shown.updatedAt, now.value))}
        </p>
      </div>
      <div class="stack">
        <Model order={shown} />
        <History />
      </div>
    </main>
  );
}

const Missing = ({ code }: { code: string }): JSX.Element =>
  GUEST ? (
    <main class="narrow stack" title={code}>
      <h1>{shopText.guest.goneTitle}</h1>
      <p>{shopText.guest.gone}</p>
      <a class="btn" href={NEW}>
        {shopText.guest.toShop}
      </a>
    </main>
  ) : (
    <main class="narrow stack" title={code}>
      <h1>{shopText.order.missingTitle}</h1>
      <p>{code === 'not_found' || code === 'invalid' ? shopText.order.missing : problemText(code)}</p>
      <a class="btn" href={LIST}>
        {shopText.order.toList}
      </a>
    </main>
  );

/** The model itself where this page has seen it, else the server's picture; a guest may not have that. */
function Look({ order: { model, settings } }: { order: Order }): JSX.Element {
  const solid = solids.value.get(model.id);
  if (solid === undefined) {
    const image = GUEST ? null : pictureOf(model);
    return <Thumb material={settings.material} quantity={settings.quantity} image={image} />;
  }
  return (
    <span class="thumb">
      <SolidPicture solid={solid} material={settings.material} label={model.name} />
      <span class="qty">×{settings.quantity}</span>
    </span>
  );
}

/** Of one piece, where it is made. */
function weightOf({ settings, site }: Order, volumeMm3: number): number | undefined {
  return gramsOf(catalog.value?.sites ?? [], settings.material, volumeMm3, site);
}

function Model({ order: shown }: { order: Order }): JSX.Element {
  const { model, settings } = shown;
  const solid = solids.value.get(model.id);
  const words = shopText.options;
  return (
    <section class="panel flush" aria-labelledby="h-made-how">
      {solid === undefined ? null : (
        <div class="stage-view low">
          <Picture solid={solid} material={settings.material} />
        </div>
      )}
      <div class="inset stack">
        <div class="row apart">
          <h2 id="h-made-how">{words.title}</h2>
          {GUEST ? null : <ModelViewButton asked={{ name: model.name, material: settings.material, model }} />}
        </div>
        <dl class="facts">
          <Fact name={words.material} value={materialName(settings.material)} />
          <Fact name={words.finish} value={finishName(settings.material, settings.finish)} />
          <Fact name={words.quantity} value={number(settings.quantity)} />
          <Fact name={words.when} value={urgencyName(settings.urgency)} />
          <Fact name={words.site} value={siteName(shown.site)} />
        </dl>
        {model.facts === undefined ? null : (
          <Measured facts={model.facts} weight={weightOf(shown, model.facts.volumeMm3)} />
        )}
      </div>
    </section>
  );
}
