/** The order that is open: followed over the line, with its story. */
import { computed, effect, signal } from '@preact/signals';
import { consoleText } from '../text/console.ts';
import { say } from '../ui/announce.tsx';
import { Following } from '../ui/following.ts';
import { lostSince } from '../ui/line-state.ts';
import { line, me, rest } from './app.ts';
import { learn, reload } from './list.ts';
import { route } from './route.ts';

const POLL_MS = 5_000;
const chosen = computed(() => route.value.order);
const signedIn = computed(() => typeof me.value === 'object');

export const following = signal<Following | undefined>(undefined);

effect(() => {
  const id = chosen.value;
  const over = line.value;
  following.peek()?.close();
  following.value = undefined;
  if (id === undefined || over === undefined || !signedIn.value) return;
  const next = new Following(over, rest, id);
  next.onStatus = ({ number, status }) => {
    say(consoleText.changed(number, consoleText.status[status] ?? status));
    void reload();
  };
  following.value = next;
});
effect(() => {
  const order = following.value?.order.value;
  if (order !== undefined) learn(order);
});
/** Without a line the order is asked for now and then. */
effect(() => {
  const followed = following.value;
  if (lostSince.value === undefined || followed === undefined) return undefined;
  const timer = setInterval(() => void followed.read(), POLL_MS);
  return () => clearInterval(timer);
});
