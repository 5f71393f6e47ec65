import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { day } from '../text/format.ts';
import { offerText } from '../text/offer.ts';
import { shopText } from '../text/shop.ts';
import { Icon, Swatch } from '../ui/mark.tsx';
import { gramsOf, hurryOf, makerOf, type Site, savingOf } from '../ui/offer.ts';
import type { Choice } from '../ui/settings-choice.ts';
import { now } from '../ui/ticking.ts';

const text = shopText.options;

/** How large a piece is: as the server measured it, or as this page reads its file. */
export interface Volume {
  readonly mm3: number;
  readonly measured: boolean;
}

/** `site`: where it will be made, if that is settled. */
export function Options(props: {
  catalog: Catalog;
  choice: Choice;
  site?: string | undefined;
  volume?: Volume | undefined;
}): JSX.Element {
  const { catalog, choice, site, volume } = props;
  const wanted = {
    material: choice.material.value,
    finish: choice.finish.value,
    quantity: choice.quantity.value,
    urgency: choice.urgency.value,
  };
  const maker = makerOf(catalog.sites, wanted, site);
  const weight = (material: string): string | undefined => {
    const grams = volume && gramsOf(catalog.sites, material, volume.mm3, site);
    return grams === undefined ? undefined : (volume?.measured ? offerText.grams : offerText.about)(grams);
  };
  return (
    <>
      <Picks title={text.material} columns="two">
        {choice.materials.value.map(({ id, name }) => (
          <Pick key={id} id={id} name="material" title={name} detail={weight(id)} chosen={choice.material}>
            <Swatch material={id} />
          </Pick>
        ))}
      </Picks>
      <Picks title={text.finish} columns="three">
        {choice.finishes.value.map(({ id, name }) => (
          <Pick key={id} id={id} name="finish" title={name} chosen={choice.finish} />
        ))}
      </Picks>
      <Quantity most={choice.most.value} quantity={choice.quantity} maker={maker} />
      <Picks title={text.when} columns="one" hint={maker && offerText.counted}>
        {choice.urgencies.value.map(({ id, name }) => {
          const hurry = maker && hurryOf(maker, id, now.value);
          return (
            <Pick
              key={id}
              id={id}
              name="urgency"
              title={name}
              detail={hurry && offerText.ready(day(hurry.ready))}
              aside={hurry && extra(hurry.extra)}
              chosen={choice.urgency}
            />
          );
        })}
      </Picks>
    </>
  );
}

const extra = (percent: number): string =>
  percent === 0 ? offerText.included : percent > 0 ? offerText.more(percent) : offerText.less(-percent);

const Picks = (props: {
  title: string;
  columns: 'one' | 'two' | 'three';
  hint?: string | undefined;
  children: ComponentChildren;
}): JSX.Element => (
  <fieldset>
    <legend>{props.title}</legend>
    <div class={`picks ${props.columns}`}>{props.children}</div>
    {props.hint === undefined ? null : <p class="label">{props.hint}</p>}
  </fieldset>
);

const Pick = (props: {
  id: string;
  name: string;
  title: string;
  detail?: string | undefined;
  aside?: string | undefined;
  chosen: Signal<string>;
  children?: ComponentChildren;
}): JSX.Element => (
  <label class="pick">
    <input
      type="radio"
      name={props.name}
      value={props.id}
      checked={props.chosen.value === props.id}
      onChange={() => {
        props.chosen.value = props.id;
      }}
    />
    {props.children}
    <span>
      <b>{props.title}</b>
      {props.detail === undefined ? null : <small>{props.detail}</small>}
    </span>
    {props.aside === undefined ? null : <span class="push">{props.aside}</span>}
  </label>
);

function Quantity(props: { most: number; quantity: Signal<number>; maker: Site | undefined }): JSX.Element {
  const id = useId();
  const { most, quantity, maker } = props;
  /** More than can be made, as it was asked for. */
  const tooMany = useSignal<number | undefined>(undefined);
  const set = (count: number): void => {
    if (!Number.isInteger(count)) return;
    quantity.value = Math.min(most, Math.max(1, count));
    tooMany.value = count > most ? count : undefined;
  };
  // Another material may be made where fewer can be made.
  useEffect(() => {
    if (quantity.peek() > most) set(quantity.peek());
  }, [most]);
  return (
    <fieldset>
      <legend id={id}>{text.quantity}</legend>
      <div class="row wide">
        <div class="stepper">
          <button type="button" class="btn" aria-label={text.less} onClick={() => set(quantity.value - 1)}>
            <Icon name="minus" />
          </button>
          <input
            type="text"
            inputMode="numeric"
            aria-labelledby={id}
            value={quantity.value}
            onChange={(event) => {
              set(Number(event.currentTarget.value));
              event.currentTarget.value = String(quantity.value);
            }}
          />
          <button type="button" class="btn" aria-label={text.more} onClick={() => set(quantity.value + 1)}>
            <Icon name="plus" />
          </button>
        </div>
        <span class={tooMany.value === undefined ? 'dim' : 'fault'} role="status">
          {tooMany.value === undefined
            ? ((maker && saving(maker, quantity.value)) ?? text.most(most))
            : text.tooMany(tooMany.value, most)}
        </span>
      </div>
    </fieldset>
  );
}

/** undefined = more pieces are no cheaper. */
function saving(maker: Site, quantity: number): string | undefined {
  const { now: off, next } = savingOf(maker, quantity);
  if (next === undefined) return off === 0 ? undefined : offerText.now(off);
  return off === 0 ? offerText.from(next.from, next.percent) : offerText.nowAndFrom(off, next.from, next.percent);
}
