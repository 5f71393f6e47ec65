import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Order } from '../../gateways/contract/order.ts';
import { type OfferedCommand, offersTo } from '../client/offers.ts';
import { consoleText } from '../text/console.ts';
import { consoleActText } from '../text/console-acts.ts';
import { focusOn } from '../ui/focus.ts';
import { Fault } from '../ui/form.tsx';
import { now } from '../ui/ticking.ts';
import { act, acting, refused } from './acts.ts';
import { roles } from './app.ts';
import { endsOrder, type FormProps } from './form-end.tsx';
import { PriceForm } from './price-form.tsx';
import { ReasonForm } from './reason-form.tsx';
import { SettingsForm } from './settings-form.tsx';

const words = consoleActText;

/** What is asked before it is sent; the others are done at once. */
const ASKS: Partial<Record<OfferedCommand, 'price' | 'settings' | 'reason' | 'sure'>> = {
  'set-price': 'price',
  'change-settings': 'settings',
  hold: 'reason',
  reject: 'reason',
  'refuse-cancel': 'reason',
  'request-cancel': 'reason',
  'accept-cancel': 'sure',
  approve: 'sure',
};
/** Never the step that the order waits for. */
const ASIDE: readonly OfferedCommand[] = ['change-settings', 'hold', 'request-cancel', 'reject'];
const FIRST = '.act-form input, .act-form select, .act-form button';

/** Buttons for what may be done now; the first is the main one. One form at a time, under them. */
export function Acts({ order }: { order: Order }): JSX.Element | null {
  const open = useSignal<{ readonly type: OfferedCommand; readonly seen: number } | undefined>(undefined);
  const offers = offersTo(roles.value, order, now.value);
  const form = open.value !== undefined && offers.includes(open.value.type) ? open.value : undefined;
  const back = (): void => {
    const type = open.peek()?.type;
    open.value = undefined;
    if (type !== undefined) focusOn(`[data-act="${type}"]`);
  };
  const send = async (type: OfferedCommand, fields: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    // The form of another act stays as it is, with what was typed in it.
    const asked = form?.type === type ? form : undefined;
    const done = await act(order, type, fields, asked?.seen);
    // What was refused on one version is decided anew on the one now on screen.
    if (open.peek() === asked) open.value = done ? undefined : asked && { type, seen: order.version };
    if (done) focusOn(open.peek() === undefined ? '.one h2' : FIRST);
  };
  const press = (type: OfferedCommand): void => {
    refused.value = undefined;
    if (ASKS[type] === undefined) void send(type);
    else open.value = { type, seen: order.version };
  };
  if (!roles.value.some((role) => role === 'crm' || role === 'carrier'))
    return <p class="dim">{consoleText.onlyLook}</p>;
  const fault = refused.value?.order === order.id ? refused.value : undefined;
  return (
    <section class="acts" aria-label={words.label}>
      {offers.length === 0 ? <p class="dim">{words.none}</p> : null}
      <div class="row wrap">
        {offers.map((type, at) => (
          <button
            key={type}
            type="button"
            data-act={type}
            class={at === 0 && form === undefined && !ASIDE.includes(type) ? 'btn primary' : 'btn'}
            data-s={endsOrder(type) ? 'stop' : undefined}
            aria-expanded={ASKS[type] === undefined ? undefined : form?.type === type}
            aria-busy={acting.value === type || undefined}
            onClick={() => press(type)}
          >
            {words.go[type]}
          </button>
        ))}
      </div>
      {form === undefined ? null : (
        <Form
          key={form.type}
          order={order}
          type={form.type}
          busy={acting.value === form.type}
          send={(fields) => void send(form.type, fields)}
          back={back}
        />
      )}
      {fault === undefined ? null : <Fault code={fault.code} text={fault.text} />}
    </section>
  );
}

function Form(props: FormProps): JSX.Element {
  useEffect(() => focusOn(FIRST), []);
  switch (ASKS[props.type]) {
    case 'price':
      return <PriceForm {...props} />;
    case 'settings':
      return <SettingsForm {...props} />;
    default:
      return <ReasonForm {...props} asks={ASKS[props.type] === 'reason'} />;
  }
}
