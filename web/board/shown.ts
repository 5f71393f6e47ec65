/** What each list shows, in which order, held still while somebody reads or works in it. */
import { effect, type Signal, signal } from '@preact/signals';
import { type Arranged, arrange } from './arrange.ts';
import { LISTS, type ListName, ORDERING, perList } from './lists.ts';
import { cardOf, lists } from './store.ts';
import { taken, takenKey } from './taken.ts';

interface ShownList {
  /** Keys: order ids, and those of placeholders. */
  readonly arranged: Signal<Arranged>;
  readonly held: Signal<boolean>;
}

/** After the pointer and the focus have left, order may change again. */
const SETTLE_MS = 2_000;

export const shown: Readonly<Record<ListName, ShownList>> = perList(() => ({
  arranged: signal<Arranged>({ shown: [], waiting: 0 }),
  held: signal(false),
}));

function wanted(name: ListName): string[] {
  const placeholders = [...taken.value.values()].filter((place) => place.list === name);
  const gone = new Set(placeholders.map((place) => place.card.order));
  const cards = lists[name].value.flatMap((order) => (gone.has(order) ? [] : (cardOf(order)?.peek() ?? [])));
  const entries = [
    ...cards.map((card) => ({ key: card.order, card })),
    ...placeholders.map(({ card }) => ({ key: takenKey(card.order), card })),
  ];
  if (placeholders.length > 0) entries.sort((a, b) => ORDERING[name](a.card, b.card));
  return entries.map((entry) => entry.key);
}

for (const name of LISTS) {
  const { arranged, held } = shown[name];
  effect(() => {
    const keys = wanted(name);
    arranged.value = arrange(inPlace(arranged.peek().shown, keys), keys, held.value);
  });
}

/** A placeholder takes the very place of the card it stands for. */
function inPlace(before: readonly string[], keys: readonly string[]): string[] {
  const wantedKeys = new Set(keys);
  return before.map((key) => (!wantedKeys.has(key) && wantedKeys.has(takenKey(key)) ? takenKey(key) : key));
}

/** Shows the waiting cards where they belong. */
export function showWaiting(name: ListName): void {
  shown[name].arranged.value = { shown: wanted(name), waiting: 0 };
}

const reasons = perList(() => new Set<'pointer' | 'focus'>());
const timers = new Map<ListName, ReturnType<typeof setTimeout>>();

/** Somebody reads (pointer) or works (focus) in the list, or no longer does. */
export function hold(name: ListName, by: 'pointer' | 'focus', on: boolean): void {
  const held = reasons[name];
  if (on === held.has(by)) return;
  if (on) held.add(by);
  else held.delete(by);
  clearTimeout(timers.get(name));
  if (on) shown[name].held.value = true;
  else if (held.size === 0) timers.set(name, setTimeout(release, SETTLE_MS, name));
}

function release(name: ListName): void {
  shown[name].held.value = false;
}

const FIRST = 60;
/** How many cards of a list are drawn; more on request. */
export const limits: Readonly<Record<ListName, Signal<number>>> = perList(() => signal(FIRST));

export function showMore(name: ListName): void {
  limits[name].value += FIRST;
}
