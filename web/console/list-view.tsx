import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { problemText } from '../text/common.ts';
import { consoleText } from '../text/console.ts';
import { duration, money } from '../text/format.ts';
import { materialName } from '../ui/catalog.ts';
import { Fault } from '../ui/form.tsx';
import { Digits, Icon, Lamp, Thumb } from '../ui/mark.tsx';
import { pictureOf } from '../ui/model-picture.ts';
import { now } from '../ui/ticking.ts';
import { section, view } from './app.ts';
import { lampOf, stateOf } from './lamp.ts';
import { fault, type Group, groups, more, showMore, wanted } from './list.ts';
import { ListHead } from './list-head.tsx';
import { route } from './route.ts';
import { address } from './view.ts';
import { kind } from './work.ts';
import { kindOf } from './work-kinds.ts';

export function OrderList(): JSX.Element {
  const shown = groups.value;
  const sought = wanted.value !== '';
  const words = consoleText.list;
  const none = shown !== undefined && listed(shown).length === 0;
  return (
    <section class="orders" aria-labelledby="h-list">
      <h2 id="h-list">{title()}</h2>
      {sought ? null : <ListHead />}
      {fault.value === undefined ? null : <Fault code={fault.value} text={problemText(fault.value)} />}
      {shown === undefined && fault.value === undefined ? <Icon name="sync" turning /> : null}
      {none ? <p class="panel dim">{view.value === 'waiting' && !sought ? words.emptyWaiting : words.empty}</p> : null}
      {shown?.map(({ by, orders }) => (
        <Found key={by ?? 'all'} by={by} orders={listed([{ by, orders }])} />
      ))}
      {more.value ? (
        <button type="button" class="btn" onClick={showMore}>
          {words.more}
        </button>
      ) : null}
    </section>
  );
}

/** What is asked for of what was found. */
const listed = (some: readonly Group[]): readonly Order[] => {
  const all = some.flatMap(({ orders }) => orders);
  const wantedKind = section.value === 'work' && wanted.value === '' ? kind.value : undefined;
  return wantedKind === undefined ? all : all.filter((order) => kindOf(order) === wantedKind);
};

function Found({ by, orders }: Group): JSX.Element | null {
  if (orders.length === 0) return null;
  const words = consoleText.list;
  return (
    <>
      {by === undefined ? null : <h3 class="found-by">{consoleText.foundBy[by]}</h3>}
      <ul
        class="stack close"
        aria-label={by === undefined ? words.label : consoleText.foundBy[by]}
        onKeyDown={walkList}
      >
        {orders.map((order) => (
          <Row key={order.id} order={order} />
        ))}
      </ul>
    </>
  );
}

/** Arrows lead from one order to the next; Enter opens it, as it opens any link. */
function walkList(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const lines = [...document.querySelectorAll<HTMLElement>('.order-line')];
  const next = lines[lines.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function title(): string {
  if (wanted.value !== '') return consoleText.found(wanted.value);
  const { value } = view;
  return value === 'waiting' || value === 'open' ? consoleText.views[value] : (consoleText.status[value] ?? value);
}

function Row({ order }: { order: Order }): JSX.Element {
  const { settings, waiting, price } = order;
  const [lamp, tone] = lampOf(order);
  const open = route.value.order === order.id;
  return (
    <li>
      <a class="listed order-line" href={address(view.value, order.id)} aria-current={open ? 'true' : undefined}>
        <Thumb material={settings.material} quantity={settings.quantity} image={pictureOf(order.model)} />
        <span class="listed-main">
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
            {consoleText.waiting.for[waiting.for]}: {consoleText.waiting.why(waiting.reason)}
          </span>
        </span>
        <span class="listed-end">
          <b>{price === undefined ? '–' : money(price.amount, price.currency)}</b>
          <time dateTime={waiting.since}>{duration(now.value - Date.parse(waiting.since))}</time>
          <small>{materialName(settings.material)}</small>
        </span>
      </a>
    </li>
  );
}
