/** What waits for sales: counted wherever somebody of them is, because it is where they are wanted next. */
import { computed, effect, signal } from '@preact/signals';
import type { Order } from '../../gateways/contract/order.ts';
import { me, notice, rest, roles, section } from './app.ts';
import { items, wanted } from './list.ts';
import type { Kind } from './work-kinds.ts';

const POLL_MS = 15_000;
/** The most that the server gives at once; more are shown as so many at least. */
export const MOST_WAITING = 200;

/** Which of them are looked at; undefined = all. */
export const kind = signal<Kind | undefined>(undefined);

const counted = signal<number | undefined>(undefined);
/** undefined = not known, or not of interest. */
export const waitingCount = computed(() =>
  section.value === 'work' && wanted.value === '' && items.value !== undefined ? items.value.length : counted.value,
);

async function count(): Promise<void> {
  const path = `/api/orders?waiting=crm&limit=${MOST_WAITING}`;
  const found = await rest.get<{ items: readonly Order[] }>(path).catch(() => undefined);
  if (found !== undefined) counted.value = found.body.items.length;
}

effect(() => {
  if (typeof me.value !== 'object' || !roles.value.includes('crm')) return undefined;
  if (section.value === 'work' && wanted.value === '') return undefined;
  void notice.value;
  void count();
  const timer = setInterval(() => {
    if (!document.hidden) void count();
  }, POLL_MS);
  return () => clearInterval(timer);
});
