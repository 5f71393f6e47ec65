import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { problemText } from '../text/common.ts';
import { crmText } from '../text/crm.ts';
import { duration, money } from '../text/format.ts';
import { materialName } from '../ui/catalog.ts';
import { Fault } from '../ui/form.tsx';
import { Digits, Icon, Lamp, Thumb } from '../ui/mark.tsx';
import { pictureOf } from '../ui/model-picture.ts';
import { now } from '../ui/ticking.ts';
import { view } from './app.ts';
import { lampOf, stateOf } from './lamp.ts';
import { fault, items, more, showMore, wanted } from './list.ts';
import { route } from './route.ts';
import { address } from './view.ts';

export function OrderList(): JSX.Element {
  const shown = items.value;
  const words = crmText.list;
  return (
    <section class="orders" aria-labelledby="h-list">
      <h2 id="h-list">{title()}</h2>
      {fault.value === undefined ? null : <Fault code={fault.value} text={problemText(fault.value)} />}
      {shown === undefined && fault.value === undefined ? <Icon name="sync" turning /> : null}
      {shown?.length === 0 ? (
        <p class="panel dim">{view.value === 'waiting' && wanted.value === '' ? words.emptyWaiting : words.empty}</p>
      ) : null}
      <ul class="stack close" aria-label={words.label}>
        {(shown ?? []).map((order) => (
          <Row key={order.id} order={order} />
        ))}
      </ul>
      {more.value ? (
        <button type="button" class="btn" onClick={showMore}>
          {words.more}
        </button>
      ) : null}
    </section>
  );
}

function title(): string {
  if (wanted.value !== '') return crmText.found(wanted.value);
  const { value } = view;
  return value === 'waiting' || value === 'open' ? crmText.views[value] : (crmText.status[value] ?? value);
}

function Row({ order }: { order: Order }): JSX.Element {
  const { settings, waiting, price } = order;
  const [lamp, tone] = lampOf(order);
  const open = route.value.order === order.id;
  return (
    <li>
      <a class="order-line" href={address(view.value, order.id)} aria-current={open ? 'true' : undefined}>
        <Thumb material={settings.material} quantity={settings.quantity} image={pictureOf(order.model)} />
        <span class="order-line-main">
          <span class="row">
            <b class="no small">
              <Digits number={order.number} />
            </b>
            <span class="cut dim" title={order.model.name}>
              {order.model.name}
            </span>
          </span>
          <span class="row asks" data-s={tone}>
            <Lamp name={lamp} />
            <b>{stateOf(order)}</b>
          </span>
          <span class="dim small-text">
            {crmText.waiting.for[waiting.for]}: {crmText.waiting.why(waiting.reason)}
          </span>
        </span>
        <span class="order-line-end">
          <b>{price === undefined ? '–' : money(price.amount, price.currency)}</b>
          <time dateTime={waiting.since}>{duration(now.value - Date.parse(waiting.since))}</time>
          <small>{materialName(settings.material)}</small>
        </span>
      </a>
    </li>
  );
}
