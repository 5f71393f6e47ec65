import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Order } from '../../gateways/contract/order.ts';
import { money } from '../text/format.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { focusOn } from '../ui/focus.ts';
import { Fault } from '../ui/form.tsx';
import { Icon } from '../ui/mark.tsx';
import { choose, sameSettings } from '../ui/settings-choice.ts';
import { FileLine, FilePicker } from './model-stage.tsx';
import { Options } from './options.tsx';
import { actFault, acting, attachModel, changeSettings, offers } from './order-acts.ts';
import { Sender } from './sending.ts';

const text = shopText.revise;

/** Other settings or another model, as long as nobody has taken the order. */
export function Revise({ order }: { order: Order }): JSX.Element | null {
  const open = useSignal<'settings' | 'model' | undefined>(undefined);
  const may = offers.value.includes('change-settings');
  useEffect(() => {
    if (!may) open.value = undefined;
  }, [may, open]);
  if (!may) return null;
  const close = (): void => {
    open.value = undefined;
    focusOn('.order h1');
  };
  if (open.value === 'settings') return <Settings order={order} close={close} />;
  if (open.value === 'model') return <Model order={order} close={close} />;
  return (
    <section class="panel stack change" aria-label={text.title}>
      <p>{text.until}</p>
      <div class="row wrap">
        <button type="button" class="btn" aria-expanded="false" onClick={() => (open.value = 'settings')}>
          {text.settings}
        </button>
        <button type="button" class="btn" aria-expanded="false" onClick={() => (open.value = 'model')}>
          {text.model}
        </button>
      </div>
    </section>
  );
}

function Settings({ order, close }: { order: Order; close: () => void }): JSX.Element | null {
  useEffect(() => focusOn('form.panel h2'), []);
  const choice = useMemo(() => choose(catalog, order.settings, order.site), []);
  useEffect(() => choice.stop, [choice]);
  const known = catalog.value;
  const { facts } = order.model;
  const chosen = {
    material: choice.material.value,
    finish: choice.finish.value,
    quantity: choice.quantity.value,
    urgency: choice.urgency.value,
  };
  const same = sameSettings(order.settings, chosen);
  const busy = acting.value === 'change-settings';
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!same && (await changeSettings(choice.settings()))) close();
  };
  if (known === undefined) return null;
  return (
    <form class="panel stack" aria-label={text.settings} onSubmit={(event) => void save(event)}>
      <h2 tabIndex={-1}>{text.settings}</h2>
      <div>
        <Options
          catalog={known}
          choice={choice}
          site={order.site}
          volume={facts && { mm3: facts.volumeMm3, measured: true }}
        />
      </div>
      <Consequence order={order} />
      <ActFault order={order} act="change-settings" />
      <div class="row apart">
        <button
          type="submit"
          class={same || busy ? 'btn' : 'btn primary'}
          aria-busy={busy || undefined}
          aria-disabled={same || undefined}
        >
          {busy ? text.saving : same ? text.nothing : text.save}
        </button>
        <button type="button" class="btn quiet" onClick={close}>
          {text.keep}
        </button>
      </div>
    </form>
  );
}

function Model({ order, close }: { order: Order; close: () => void }): JSX.Element {
  useEffect(() => focusOn('form.panel h2'), []);
  const sender = useMemo(() => new Sender(), []);
  useEffect(() => () => sender.stop(), [sender]);
  const picker = useRef<HTMLInputElement | null>(null);
  const pick = (): void => picker.current?.click();
  const state = sender.state.value;
  const busy = acting.value === 'attach-model';
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (state.step === 'stored' && (await attachModel(state.model.model))) close();
  };
  return (
    <form class="panel stack" aria-label={text.model} onSubmit={(event) => void save(event)}>
      <h2 tabIndex={-1}>{text.model}</h2>
      <FilePicker sender={sender} picker={picker} />
      {state.step === 'none' ? (
        <button type="button" class="btn floor" onClick={pick}>
          <Icon name="upload" />
          {shopText.model.choose}
        </button>
      ) : (
        <div class="stage">
          <FileLine state={state} choose={pick} stop={() => sender.stop()} />
        </div>
      )}
      {state.step === 'failed' ? (
        <button type="button" class="btn" onClick={pick}>
          {shopText.model.choose}
        </button>
      ) : null}
      <Consequence order={order} />
      <ActFault order={order} act="attach-model" />
      <div class="row apart">
        <button
          type="submit"
          class={state.step === 'stored' && !busy ? 'btn primary' : 'btn'}
          aria-busy={busy || undefined}
          aria-disabled={state.step !== 'stored' || undefined}
        >
          {busy ? text.saving : text.useModel}
        </button>
        <button type="button" class="btn quiet" onClick={close}>
          {text.keep}
        </button>
      </div>
    </form>
  );
}

/** What a change costs, before it is made. */
function Consequence({ order: { status, price } }: { order: Order }): JSX.Element | null {
  if (status === 'INITIATED') return null;
  const amount = price === undefined ? undefined : money(price.amount, price.currency);
  return (
    <p class="note" data-s="warn">
      {amount === undefined
        ? text.pricedAnew
        : status === 'MANUFACTURING_APPROVED'
          ? text.approvalVoid(amount)
          : text.priceVoid(amount)}
    </p>
  );
}

const ActFault = ({ order, act }: { order: Order; act: 'change-settings' | 'attach-model' }): JSX.Element | null =>
  actFault.value?.act === act && actFault.value.order === order.id ? (
    <Fault code={actFault.value.code} text={actFault.value.text} />
  ) : null;
