import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Order } from '../../gateways/contract/order.ts';
import { isFree } from '../client/offers.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { focusOn } from '../ui/focus.ts';
import { Fault } from '../ui/form.tsx';
import { actFault, acting, offers, requestCancel } from './order-acts.ts';

const text = shopText.cancel;

/** Asks for a cancellation; while nobody has taken the order it happens at once. */
export function Cancel({ order }: { order: Order }): JSX.Element | null {
  const open = useSignal(false);
  const free = isFree(order);
  if (!offers.value.includes('request-cancel') || order.cancellation !== undefined) return null;
  const words = free ? text.cancel : text.ask;
  if (!open.value)
    return (
      <section class="panel cancel">
        <p>{free ? text.free : text.begun}</p>
        <button type="button" class="btn" aria-expanded="false" onClick={() => (open.value = true)}>
          {words}
        </button>
      </section>
    );
  return (
    <Reasons
      words={words}
      close={() => {
        open.value = false;
        focusOn('.order h1');
      }}
    />
  );
}

function Reasons({ words, close }: { words: string; close: () => void }): JSX.Element {
  useEffect(() => focusOn('form.panel select'), []);
  const reasons = catalog.value?.reasons['request-cancel'] ?? [];
  const chosen = useSignal(reasons[0]?.id ?? '');
  const busy = acting.value === 'request-cancel';
  const fault = actFault.value?.act === 'request-cancel' ? actFault.value : undefined;
  return (
    <form
      class="panel stack"
      aria-label={words}
      onSubmit={(event) => {
        event.preventDefault();
        void requestCancel(chosen.value).then((done) => done && close());
      }}
    >
      <label class="entry">
        <span>{text.reason}</span>
        <select value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value)}>
          {reasons.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {fault === undefined ? null : <Fault code={fault.code} text={fault.text} />}
      <div class="row apart">
        <button type="submit" class="btn" data-s="stop" aria-busy={busy || undefined}>
          {busy ? text.busy : words}
        </button>
        <button type="button" class="btn quiet" onClick={close}>
          {text.keep}
        </button>
      </div>
    </form>
  );
}
