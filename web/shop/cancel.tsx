import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { shopText } from '../text/en-shop.ts';
import { moment } from '../text/format.ts';
import { Fault } from '../ui/form.tsx';
import { Lamp } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { catalog } from './app.ts';
import { actFault, acting, requestCancel } from './order-acts.ts';
import { cancelWay } from './stages.ts';

const text = shopText.cancel;

/** Asks for a cancellation; while nobody has begun it happens at once. */
export function Cancel({ order }: { order: Order }): JSX.Element | null {
  const open = useSignal(false);
  const way = cancelWay(order);
  if (way === 'no') return null;
  if (way === 'asked') return <Asked order={order} />;
  const words = way === 'ask' ? text.ask : text.cancel;
  if (!open.value)
    return (
      <section class="panel cancel">
        <p>{way === 'ask' ? text.begun : text.free}</p>
        <button type="button" class="btn" aria-expanded="false" onClick={() => (open.value = true)}>
          {words}
        </button>
      </section>
    );
  return <Reasons words={words} close={() => (open.value = false)} />;
}

function Reasons({ words, close }: { words: string; close: () => void }): JSX.Element {
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
        void requestCancel(chosen.value);
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

const Asked = ({ order: { cancellation } }: { order: Order }): JSX.Element | null =>
  cancellation === undefined ? null : (
    <section class="note" data-s="warn" role="status">
      <Lamp name="cancel" />
      <p>
        <b>{text.asked(moment(cancellation.at, now.value))}</b>
        {text.answerBy(moment(cancellation.deadline, now.value))}
      </p>
    </section>
  );
