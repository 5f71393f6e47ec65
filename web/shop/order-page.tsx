import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { problemText } from '../text/en-common.ts';
import { shopText } from '../text/en-shop.ts';
import { figures, moment, number } from '../text/format.ts';
import { Digits, Lamp, Thumb } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { finishName, materialName, siteName, urgencyName } from './app.ts';
import { Cancel } from './cancel.tsx';
import { solids } from './draft.ts';
import { Picture } from './model-stage.tsx';
import { missing, order } from './order-live.ts';
import { OrderState } from './order-state.tsx';
import { LIST } from './route.ts';
import { SolidPicture } from './solid-picture.tsx';

export function OrderPage(): JSX.Element {
  const shown = order.value;
  if (missing.value !== undefined)
    return (
      <main class="narrow stack" title={missing.value}>
        <p>{missing.value === 'not_found' ? shopText.order.missing : problemText(missing.value)}</p>
        <a class="btn" href={LIST}>
          {shopText.order.toList}
        </a>
      </main>
    );
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
          <h1 aria-live="polite">{shopText.status[shown.status] ?? shown.status}</h1>
          <p class="dim cut" title={shown.model.name}>
            {shown.model.name}
          </p>
        </div>
      </header>
      <div class="stack">
        <OrderState order={shown} />
        <Cancel order={shown} />
        <p class="last" role="status">
          <Lamp name="flow" tone="go" />
          {shopText.order.updated(moment(shown.updatedAt, now.value))}
        </p>
      </div>
      <Model order={shown} />
    </main>
  );
}

/** The model itself where this page has seen it, else a block of its material. */
function Look({ order: { model, settings } }: { order: Order }): JSX.Element {
  const solid = solids.value.get(model.id);
  if (solid === undefined) return <Thumb material={settings.material} quantity={settings.quantity} />;
  return (
    <span class="thumb">
      <SolidPicture solid={solid} material={settings.material} label={model.name} />
      <span class="qty">×{settings.quantity}</span>
    </span>
  );
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
        <h2 id="h-made-how">{words.title}</h2>
        <dl class="facts">
          <Fact name={words.material} value={materialName(settings.material)} />
          <Fact name={words.finish} value={finishName(settings.material, settings.finish)} />
          <Fact name={words.quantity} value={number(settings.quantity)} />
          <Fact name={words.when} value={urgencyName(settings.urgency)} />
          <Fact name={words.site} value={siteName(shown.site)} />
        </dl>
        {model.facts === undefined ? null : <Measured facts={model.facts} />}
      </div>
    </section>
  );
}

function Measured({ facts }: { facts: NonNullable<Order['model']['facts']> }): JSX.Element {
  const words = shopText.model;
  const cube = facts.volumeMm3 >= 1_000;
  return (
    <dl class="facts lined">
      <Fact
        name={words.facts.volume}
        value={cube ? `${figures(facts.volumeMm3 / 1_000)} cm³` : `${figures(facts.volumeMm3)} mm³`}
      />
      <Fact name={words.facts.area} value={`${figures(facts.areaMm2 / 100)} cm²`} />
      <Fact name={words.facts.size} value={words.millimetres(facts.sizeMm.map(number).join(' × '))} />
      <Fact name={words.facts.mesh} value={facts.closed ? words.closed : words.open} />
      <Fact name={words.facts.facets} value={number(facts.triangles)} />
    </dl>
  );
}

const Fact = ({ name, value }: { name: string; value: string }): JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
