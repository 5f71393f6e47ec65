/** What each list shows, in which order: narrowed and sorted as the reader likes, held still while somebody works in it. */
import { batch, computed, effect, signal } from '@preact/signals';
import { type Arranged, arrange } from './arrange.ts';
import { narrowedBy, passes, showAll } from './filters.ts';
import { focusedKey } from './focus.ts';
import { LISTS, type ListName, perList } from './lists.ts';
import { arranged, listShowing } from './sequence.ts';
import { sort } from './sort-choice.ts';
import { orderingOf } from './sorting.ts';
import { inOrder, listWith } from './store.ts';
import { cardsAmong, orderOfKey, type Taken, taken, takenKey } from './taken.ts';

/** After the pointer and the focus have left, order may change again. */
const SETTLE_MS = 2_000;

const helds = perList(() => signal(false));

/** Another object whenever the reader wants to see other cards, or another order of them. */
const wish = computed(() => ({ narrowed: narrowedBy.value, sort: sort.value }));

function wanted(name: ListName, keepFocused: boolean): string[] {
  const passing = passes.value;
  const focused = keepFocused ? focusedKey() : undefined;
  const places = [...taken.value.values()].filter((place) => place.list === name);
  const gone = new Set(places.map((place) => place.card.order));
  const keys: string[] = [];
  for (const card of inOrder[name].value) {
    if (gone.size > 0 && gone.has(card.order)) continue;
    // What somebody works with does not vanish from under the hands because it has changed.
    if (passing === undefined || card.order === focused || passing(card)) keys.push(card.order);
  }
  return places.length === 0 ? keys : withPlaceholders(name, keys, places);
}

/** Each at the place that its card would have. */
function withPlaceholders(name: ListName, keys: readonly string[], places: readonly Taken[]): string[] {
  const by = orderingOf(sort.value)[name];
  const rank = new Map(inOrder[name].peek().map((card) => [card.order, card]));
  const left = [...keys];
  for (const { card } of places) {
    const at = left.findIndex((key) => {
      const other = rank.get(key);
      return other !== undefined && by(other, card) > 0;
    });
    left.splice(at < 0 ? left.length : at, 0, takenKey(card.order));
  }
  return left;
}

for (const name of LISTS) {
  let last = wish.peek();
  effect(() => {
    const wished = wish.value;
    const asBefore = wished === last;
    last = wished;
    const keys = wanted(name, asBefore);
    const before = arranged[name].peek();
    const next = asBefore
      ? arrange(inPlace(before.shown, keys), keys, helds[name].value)
      : arrange([], keys, helds[name].value);
    if (!same(before, next)) arranged[name].value = next;
  });
}

function same(a: Arranged, b: Arranged): boolean {
  if (a.waiting !== b.waiting || a.shown.length !== b.shown.length) return false;
  return a.shown.every((key, at) => key === b.shown[at]);
}

/** A placeholder takes the very place of the card it stands for. */
function inPlace(before: readonly string[], keys: readonly string[]): readonly string[] {
  if (taken.peek().size === 0) return before;
  const wantedKeys = new Set(keys);
  return before.map((key) => (!wantedKeys.has(key) && wantedKeys.has(takenKey(key)) ? takenKey(key) : key));
}

/** How many cards of the board are shown, or wait to be. */
export const shownCards = (): number => LISTS.reduce((sum, name) => sum + cardsAmong(arranged[name].peek()), 0);

/** Shows the waiting cards where they belong. */
export function showWaiting(name: ListName): void {
  arranged[name].value = { shown: wanted(name, true), waiting: 0 };
}

/** Somebody was led to this card: what keeps it from being shown ends. Answers whether filters were in its way. */
export function makeShown(key: string): boolean {
  const name = listWith(orderOfKey(key));
  if (name === undefined || listShowing(key) !== undefined) return false;
  const card = inOrder[name].peek().find(({ order }) => order === key);
  const hidden = card !== undefined && passes.peek()?.(card) === false;
  batch(() => {
    if (hidden) showAll();
  });
  if (listShowing(key) === undefined) showWaiting(name);
  return hidden;
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
  if (on) helds[name].value = true;
  else if (held.size === 0) timers.set(name, setTimeout(release, SETTLE_MS, name));
}

function release(name: ListName): void {
  helds[name].value = false;
}
