import { effect, signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Order } from '../../gateways/contract/order.ts';
import { codeOf } from '../client/problem.ts';
import { problemText } from '../text/common.ts';
import { moment, money } from '../text/format.ts';
import { shopText } from '../text/shop.ts';
import { materialName } from '../ui/catalog.ts';
import { Fault } from '../ui/form.tsx';
import { Digits, Icon, Lamp, type LampName, Thumb, type Tone } from '../ui/mark.tsx';
import { pictureOf } from '../ui/model-picture.ts';
import { now } from '../ui/ticking.ts';
import { me, rest } from './app.ts';
import { NEW, orderAddress, route } from './route.ts';

const items = signal<readonly Order[] | undefined>(undefined);
const next = signal<string | null>(null);
const fault = signal<string | undefined>(undefined);

interface Page {
  readonly items: readonly Order[];
  readonly next: string | null;
}

async function load(cursor: string | null): Promise<void> {
  fault.value = undefined;
  try {
    const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const { body } = await rest.get<Page>(`/api/orders${query}`);
    items.value = cursor === null ? body.items : [...(items.peek() ?? []), ...body.items];
    next.value = body.next;
  } catch (error) {
    fault.value = codeOf(error);
  }
}

effect(() => {
  if (route.value.page === 'list' && typeof me.value === 'object') void load(null);
});

export function OrdersList(): JSX.Element {
  const shown = items.value;
  return (
    <main class="list">
      <h1>{shopText.list.title}</h1>
      {fault.value === undefined ? null : <Fault code={fault.value} text={problemText(fault.value)} />}
      {shown?.length === 0 ? (
        <div class="panel stack">
          <p>{shopText.list.empty}</p>
          <a class="btn primary" href={NEW}>
            {shopText.nav.fresh}
          </a>
        </div>
      ) : null}
      <ul class="stack close">
        {(shown ?? []).map((order) => (
          <Row key={order.id} order={order} />
        ))}
      </ul>
      {next.value === null ? null : (
        <button type="button" class="btn" onClick={() => void load(next.peek())}>
          {shopText.list.more}
        </button>
      )}
      {shown === undefined && fault.value === undefined ? <Icon name="sync" turning /> : null}
    </main>
  );
}

function Row({ order }: { order: Order }): JSX.Element {
  const { price } = order;
  const [lamp, tone] = lampOf(order);
  return (
    <li>
      <a class="listed order-row" href={orderAddress(order.id)}>
        <Thumb material={order.settings.material} quantity={order.settings.quantity} image={pictureOf(order.model)} />
        <span class="listed-main">
          <span class="row">
            <b class="no small">
              <Digits number={order.number} />
            </b>
            <span class="cut" title={order.model.name}>
              {order.model.name}
            </span>
          </span>
          <span class="dim">{materialName(order.settings.material)}</span>
        </span>
        <span class="listed-end" data-s={tone}>
          <span class="row">
            <Lamp name={lamp} />
            <b>{wordsOf(order)}</b>
          </span>
          <small>
            {price === undefined ? '' : `${money(price.amount, price.currency)} · `}
            {moment(order.updatedAt, now.value)}
          </small>
        </span>
      </a>
    </li>
  );
}

/** What stops it or asks for somebody comes before how far it is. */
function wordsOf({ status, waiting, hold, cancellation }: Order): string {
  const besides = shopText.shortBesides;
  if (cancellation !== undefined) return besides.asked;
  if (hold !== undefined) return besides.held;
  if (waiting.reason === 'price-expired') return besides.expired;
  return shopText.short[status] ?? shopText.status[status] ?? status;
}

function lampOf({ status, waiting, hold, cancellation }: Order): [LampName, Tone] {
  if (status === 'CANCELLED' || status === 'REJECTED' || status === 'EXPIRED') return ['cancel', 'none'];
  if (cancellation !== undefined) return ['cancel', 'warn'];
  if (hold !== undefined) return ['hold', 'hold'];
  if (waiting.for === 'buyer') return ['tight', 'warn'];
  if (status === 'PRICE_FAILED') return ['tight', 'warn'];
  if (status === 'DELIVERED' || status === 'CLOSED') return ['done', 'go'];
  return status === 'MANUFACTURING_STARTED' ? ['flow', 'go'] : ['wait', 'none'];
}
