import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { readAmount } from '../client/amount.ts';
import { consoleActText } from '../text/console-acts.ts';
import { money } from '../text/format.ts';
import { currencyOf } from '../ui/catalog.ts';
import { entries } from '../ui/form.tsx';
import { FormEnd, type FormProps } from './form-end.tsx';
import { ReasonPick } from './reason-pick.tsx';

const words = consoleActText;

/** An amount in major units; the button says what it was understood as. */
export function PriceForm({ order, type, busy, send, back }: FormProps): JSX.Element | null {
  const id = useId();
  const text = useSignal('');
  const tried = useSignal(false);
  const currency = currencyOf(order.site);
  if (currency === undefined) return null;
  const read = readAmount(text.value, currency);
  const fault = 'fault' in read ? read.fault : undefined;
  const shown = fault !== undefined && (tried.value || fault !== 'empty') ? words.amountFaults[fault] : undefined;
  const submit = (event: Event): void => {
    const { reason } = entries(event);
    tried.value = true;
    if (!busy && 'amount' in read) send({ amount: read.amount, currency, reason });
  };
  return (
    <form class="panel stack act-form" aria-label={words.go[type]} onSubmit={submit}>
      <p>{words.ask[type]}</p>
      <div class="entry">
        <label for={id}>{words.amount(currency)}</label>
        <input
          id={id}
          type="text"
          name="amount"
          inputMode="decimal"
          autocomplete="off"
          value={text.value}
          aria-invalid={shown !== undefined || undefined}
          aria-describedby={`${id}-fault`}
          onInput={({ currentTarget: { value } }) => (text.value = value)}
        />
        <small id={`${id}-fault`} class="label fault" role="status">
          {shown}
        </small>
      </div>
      <ReasonPick command={type} />
      <FormEnd
        label={'amount' in read ? words.setTo(money(read.amount, currency)) : words.go[type]}
        busy={busy}
        disabled={fault !== undefined}
        back={back}
      />
    </form>
  );
}
