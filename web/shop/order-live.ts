/** The order on screen, kept as it is on the server: followed over the line, read whole again after each change. */
import { computed, effect, signal } from '@preact/signals';
import type { Change } from '../../gateways/contract/change.ts';
import type { Order } from '../../gateways/contract/order.ts';
import { codeOf } from '../client/problem.ts';
import { Tracking } from '../client/tracking.ts';
import { shopText } from '../text/en-shop.ts';
import { say } from '../ui/announce.tsx';
import { clock, tick } from '../ui/ticking.ts';
import { line, lineState, lostSince, me, rest } from './app.ts';
import { route } from './route.ts';

export const order = signal<Order | undefined>(undefined);
/** Every version seen, in order: the way this order went. */
export const changes = signal<readonly Change[]>([]);
export const missing = signal<string | undefined>(undefined);

let tracking: Tracking | undefined;

const followed = computed(() => (route.value.page === 'order' ? route.value.order : undefined));
effect(() => {
  const id = followed.value;
  const over = line.value;
  tracking?.close();
  tracking = undefined;
  order.value = undefined;
  changes.value = [];
  missing.value = undefined;
  if (id === undefined || over === undefined || typeof me.value !== 'object') return;
  tracking = new Tracking(over, id);
  tracking.onOrder = takeWhole;
  tracking.onChange = takeChange;
  tracking.onRefused = (code) => {
    missing.value = code;
  };
  void readAgain(0);
});

effect(() => {
  if (lineState.value === 'open' && followed.value !== undefined && line.value !== undefined) void tracking?.open();
});

/** An order that an answer brought, or that was read again; an older one changes nothing. */
export function takeWhole(whole: Order): void {
  const known = order.peek();
  if (whole.id !== followed.peek() || (known !== undefined && known.version > whole.version)) return;
  clock.observe(whole.updatedAt);
  tick();
  order.value = whole;
}

function takeChange(change: Change): void {
  clock.observe(change.at);
  changes.value = [...changes.peek(), change];
  const known = order.peek();
  if (known === undefined || known.version >= change.version) return;
  const { order: _, at, type: __, types: ___, ...fields } = change;
  order.value = { ...known, ...fields, updatedAt: at };
  tick();
  if (known.status !== change.status) say(shopText.status[change.status] ?? change.status);
  void readAgain(change.version);
}

/** A change says less than the order (facts of the model, a cancellation). */
async function readAgain(version: number): Promise<void> {
  const id = followed.peek();
  if (id === undefined) return;
  try {
    takeWhole((await rest.get<Order>(`/api/orders/${id}?atLeast=${version}`)).body);
  } catch (error) {
    if (codeOf(error) === 'not_found' && id === followed.peek()) missing.value = 'not_found';
  }
}

/** Without a line (a network that lets no WebSocket through) the order is asked for now and then. */
const POLL_MS = 5_000;
effect(() => {
  if (lostSince.value === undefined || followed.value === undefined) return undefined;
  const timer = setInterval(() => void readAgain(0), POLL_MS);
  return () => clearInterval(timer);
});
