import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { consoleActText } from '../text/console-acts.ts';
import { catalog } from '../ui/catalog.ts';
import { choose, sameSettings } from '../ui/settings-choice.ts';
import { FormEnd, type FormProps } from './form-end.tsx';

const words = consoleActText;

export function SettingsForm({ order, type, busy, send, back }: FormProps): JSX.Element | null {
  const choice = useMemo(() => choose(catalog, order.settings, order.site), []);
  useEffect(() => choice.stop, [choice]);
  const typed = useSignal(String(order.settings.quantity));
  if (catalog.value === undefined) return null;
  const most = choice.most.value;
  const quantity = /^\d{1,6}$/.test(typed.value.trim()) ? Number(typed.value) : 0;
  const fits = quantity >= 1 && quantity <= most;
  const settings = {
    material: choice.material.value,
    finish: choice.finish.value,
    quantity,
    urgency: choice.urgency.value,
  };
  const same = sameSettings(order.settings, settings);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!busy && fits && !same) send({ settings });
  };
  return (
    <form class="panel stack act-form" aria-label={words.go[type]} onSubmit={submit}>
      <p>{words.ask[type]}</p>
      <div class="two">
        <Pick label={words.settings.material} chosen={choice.material} from={choice.materials.value} />
        <Pick label={words.settings.finish} chosen={choice.finish} from={choice.finishes.value} />
        <label class="entry">
          <span>{words.settings.quantity}</span>
          <input
            type="text"
            inputMode="numeric"
            autocomplete="off"
            value={typed.value}
            aria-invalid={!fits || undefined}
            onInput={({ currentTarget: { value } }) => (typed.value = value)}
          />
          {fits ? null : <small class="label fault">{words.quantityFault(most)}</small>}
        </label>
        <Pick label={words.settings.urgency} chosen={choice.urgency} from={choice.urgencies.value} />
      </div>
      <FormEnd label={same ? words.settings.same : words.go[type]} busy={busy} disabled={same || !fits} back={back} />
    </form>
  );
}

const Pick = (props: {
  label: string;
  chosen: Signal<string>;
  from: readonly { readonly id: string; readonly name: string }[];
}): JSX.Element => (
  <label class="entry">
    <span>{props.label}</span>
    <select
      value={props.chosen.value}
      onChange={({ currentTarget: { value } }) => {
        props.chosen.value = value;
      }}
    >
      {props.from.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
);
