/** The list: what the server has of the chosen view or search, asked again every 5 s and whenever there is news. */
import { effect, signal } from '@preact/signals';
import type { Order } from '../../gateways/contract/order.ts';
import { codeOf } from '../client/problem.ts';
import { clock, tick } from '../ui/ticking.ts';
import { me, notice, rest, view } from './app.ts';
import type { View } from './view.ts';

const POLL_MS = 5_000;
const PAGE = 50;
/** The most that the server gives at once. */
const MOST = 200;

export const items = signal<readonly Order[] | undefined>(undefined);
export const more = signal(false);
export const fault = signal<string | undefined>(undefined);
/** How numbers or references begin that are searched for; empty = the view. */
export const wanted = signal('');

interface Page {
  readonly items: readonly Order[];
  readonly next: string | null;
}

/** Raised with every other question: what an older one answers is not shown. */
let asked = 0;
let size = PAGE;

const question = (from: View, begins: string): Record<string, string> => {
  if (begins !== '') return { q: begins };
  if (from === 'waiting') return { waiting: 'crm' };
  return { status: from === 'open' ? 'OPEN' : from };
};

export async function reload(): Promise<void> {
  if (typeof me.peek() !== 'object') return;
  const mine = ++asked;
  const query = new URLSearchParams({ ...question(view.peek(), wanted.peek()), limit: String(size) });
  try {
    const { body } = await rest.get<Page>(`/api/orders?${query}`);
    if (mine !== asked) return;
    for (const { updatedAt } of body.items) clock.observe(updatedAt);
    items.value = body.items.map(newest);
    more.value = body.next !== null && size < MOST;
    fault.value = undefined;
    tick();
  } catch (error) {
    if (mine === asked) fault.value = codeOf(error);
  }
}

export function showMore(): void {
  size = Math.min(MOST, size + PAGE);
  void reload();
}

/** The open order, known from elsewhere. */
let open: Order | undefined;

/** The list lags the log by up to a second: an order that is known newer stays so. */
const newest = (order: Order): Order =>
  [open, ...(items.peek() ?? [])].reduce<Order>(
    (best, known) => (known?.id === best.id && known.version > best.version ? known : best),
    order,
  );

/** An order that an answer brought, or that is followed. */
export function learn(order: Order): void {
  open = order;
  const known = items.peek()?.find(({ id }) => id === order.id);
  if (known === undefined || known.version >= order.version) return;
  items.value = items.peek()?.map((one) => (one.id === order.id ? order : one));
}

effect(() => {
  void view.value;
  void wanted.value;
  if (typeof me.value !== 'object') return undefined;
  items.value = undefined;
  fault.value = undefined;
  size = PAGE;
  void reload();
  const timer = setInterval(() => {
    if (!document.hidden) void reload();
  }, POLL_MS);
  return () => clearInterval(timer);
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void reload();
});
effect(() => {
  if (notice.value !== undefined) void reload();
});
