/** The order on screen: the buyer's own by its session, a guest's by its link. */
import { computed, effect, signal } from '@preact/signals';
import type { Order } from '../../gateways/contract/order.ts';
import { shopText } from '../text/shop.ts';
import { say } from '../ui/announce.tsx';
import { Following } from '../ui/following.ts';
import { lostSince } from '../ui/line-state.ts';
import { clock } from '../ui/ticking.ts';
import { line, me, rest } from './app.ts';
import { GUEST, route } from './route.ts';

const following = signal<Following | undefined>(undefined);

export const order = computed(() => following.value?.order.value);
/** Every version seen, in order: the way this order went. */
export const changes = computed(() => following.value?.changes.value ?? []);
export const story = computed(() => following.value?.story.value ?? []);
/** A line that is lost tells no places. */
export const pricing = computed(() => (lostSince.value === undefined ? following.value?.pricing.value : undefined));
/** How far it came nearer in the queue the last time, and when. */
export const movedUp = signal<{ readonly places: number; readonly at: number } | undefined>(undefined);
let place: number | undefined;
effect(() => {
  const progress = pricing.value;
  const before = place;
  place = progress === undefined || progress.done ? undefined : progress.position;
  if (place === undefined) movedUp.value = undefined;
  else if (before !== undefined && place < before) movedUp.value = { places: before - place, at: clock.now() };
});
export const missing = computed(() => following.value?.missing.value);

const mayAsk = computed(() => GUEST || typeof me.value === 'object');

effect(() => {
  const where = route.value;
  const over = line.value;
  following.peek()?.close();
  following.value = undefined;
  if (over === undefined || !mayAsk.value || (where.page !== 'order' && where.page !== 'track')) return;
  const next = new Following(over, rest, where.order, where.page === 'track' ? where.token : undefined);
  next.onStatus = ({ status }) => say(shopText.status[status] ?? status);
  following.value = next;
});

export const takeWhole = (whole: Order): void => following.peek()?.take(whole);
export const readAgain = (): void => void following.peek()?.read();

/** Without a line (a network that lets no WebSocket through) the order is asked for now and then. */
const POLL_MS = 5_000;
effect(() => {
  if (lostSince.value === undefined || following.value === undefined) return undefined;
  const timer = setInterval(readAgain, POLL_MS);
  return () => clearInterval(timer);
});
