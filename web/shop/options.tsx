import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import { shopText } from '../text/shop.ts';
import { Icon, Swatch } from '../ui/mark.tsx';
import type { Choice } from '../ui/settings-choice.ts';

const text = shopText.options;

export const Options = ({ catalog, choice }: { catalog: Catalog; choice: Choice }): JSX.Element => (
  <>
    <Picks
      title={text.material}
      name="material"
      from={choice.materials.value}
      chosen={choice.material}
      columns="two"
      swatches
    />
    <Picks title={text.finish} name="finish" from={choice.finishes.value} chosen={choice.finish} columns="three" />
    <Quantity most={catalog.limits.quantity} quantity={choice.quantity} />
    <Picks title={text.when} name="urgency" from={catalog.urgencies} chosen={choice.urgency} columns="one" />
  </>
);

function Picks(props: {
  title: string;
  name: string;
  from: readonly { readonly id: string; readonly name: string }[];
  chosen: Signal<string>;
  columns: 'one' | 'two' | 'three';
  swatches?: boolean;
}): JSX.Element {
  return (
    <fieldset>
      <legend>{props.title}</legend>
      <div class={`picks ${props.columns}`}>
        {props.from.map(({ id, name }) => (
          <label key={id} class="pick">
            <input
              type="radio"
              name={props.name}
              value={id}
              checked={props.chosen.value === id}
              onChange={() => {
                props.chosen.value = id;
              }}
            />
            {props.swatches ? <Swatch material={id} /> : null}
            <b>{name}</b>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Quantity({ most, quantity }: { most: number; quantity: Signal<number> }): JSX.Element {
  const id = useId();
  /** More than can be made, as it was asked for. */
  const tooMany = useSignal<number | undefined>(undefined);
  const set = (count: number): void => {
    if (!Number.isInteger(count)) return;
    quantity.value = Math.min(most, Math.max(1, count));
    tooMany.value = count > most ? count : undefined;
  };
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
          {tooMany.value === undefined ? text.most(most) : text.tooMany(tooMany.value, most)}
        </span>
      </div>
    </fieldset>
  );
}
