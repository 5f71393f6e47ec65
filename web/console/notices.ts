/** What was said to me while I looked elsewhere: cancellations asked, each until it is looked at or put away. */
import { effect, signal } from '@preact/signals';
import type { Order } from '../../gateways/contract/order.ts';
import { consoleText } from '../text/console.ts';
import { alarm } from '../ui/announce.tsx';
import { notice, rest } from './app.ts';
import { items } from './list.ts';
import { route } from './route.ts';

export const asked = signal<readonly Pick<Order, 'id' | 'number'>[]>([]);

export const putAway = (id: string): void => {
  asked.value = asked.peek().filter((one) => one.id !== id);
};

async function hear(id: string): Promise<void> {
  const known = items.peek()?.find((one) => one.id === id);
  const order = known ?? (await rest.get<Order>(`/api/orders/${id}`).catch(() => undefined))?.body;
  if (order === undefined) return;
  alarm(consoleText.notices.cancel(order.number));
  if (route.peek().order === id || asked.peek().some((one) => one.id === id)) return;
  asked.value = [...asked.peek(), { id, number: order.number }];
}

effect(() => {
  if (notice.value?.kind === 'cancel_requested') void hear(notice.value.order);
});
/** Looked at. */
effect(() => {
  const { order } = route.value;
  if (order !== undefined) putAway(order);
});
