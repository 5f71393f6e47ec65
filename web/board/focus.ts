/**
 * Which card has the focus, kept when its element moves or its button is replaced. One card of the board is in the tab
 * order (roving); arrows move among them, those that are not drawn just now too.
 */
import { signal } from '@preact/signals';
import { LANES } from '../client/board-picture.ts';
import { filtersText } from '../text/filters.ts';
import { tell } from '../ui/announce.tsx';
import { keysOfLane, laneShowing } from './sequence.ts';

/** Key of the card in the tab order. */
export const selected = signal<string | undefined>(undefined);

/** Key of the card that has, or had before its element was touched, the keyboard focus. */
let focused: string | undefined;
let soon: string | undefined;

export const focusedKey = (): string | undefined => focused;

const keyOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset['key'] : undefined;

document.addEventListener('focusin', (event) => {
  focused = keyOf(event.target);
  if (focused !== undefined) selected.value = focused;
});
document.addEventListener('pointerdown', (event) => {
  if (keyOf(event.target) === undefined) focused = undefined;
});

export const articleOf = (key: string): HTMLElement | null =>
  document.querySelector(`[data-key="${CSS.escape(key)}"] > article`);

/** Moves the focus once what is to be drawn has been drawn. */
export function focusSoon(key: string | undefined): void {
  soon = key;
  focused = key;
}

/** After drawing: gives the focus to whom it was promised, or back to the card that lost it by being redrawn. */
export function keepFocus(): void {
  const lost = document.activeElement === null || document.activeElement === document.body;
  const key = soon ?? (lost ? focused : undefined);
  if (key === undefined) return;
  const article = articleOf(key);
  if (article === null) return;
  soon = undefined;
  article.focus({ preventScroll: true });
}

/** Sees to it that a card is shown and drawn. */
let reveal: (key: string) => boolean = () => false;
/** `way` answers whether filters were in its way, and are off. */
export function revealBy(way: (key: string) => boolean): void {
  reveal = way;
}

export function select(key: string): void {
  selected.value = key;
  if (reveal(key)) tell(filtersText.cleared);
  const article = articleOf(key);
  article?.focus({ preventScroll: true });
  article?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The card below, else the one above, in the same lane. */
export function neighbourOf(key: string): string | undefined {
  const lane = laneShowing(key);
  if (lane === undefined) return undefined;
  const keys = keysOfLane(lane);
  const at = keys.indexOf(key);
  return keys[at + 1] ?? keys[at - 1];
}

/** One step within the lane. */
export function step(by: 1 | -1): void {
  const from = focused ?? selected.peek();
  const lane = from === undefined ? undefined : laneShowing(from);
  if (from === undefined || lane === undefined) return;
  const keys = keysOfLane(lane);
  const key = keys[keys.indexOf(from) + by];
  if (key !== undefined) select(key);
}

/** To the first or last card of the lane. */
export function stepToEnd(end: 'first' | 'last'): void {
  const from = focused ?? selected.peek();
  const lane = from === undefined ? undefined : laneShowing(from);
  if (lane === undefined) return;
  const key = keysOfLane(lane).at(end === 'first' ? 0 : -1);
  if (key !== undefined) select(key);
}

/** Last card visited in each lane. */
const visited = new Map<string, string>();

/** To the next lane that has cards, to the card visited there last, else to the one at about the same height. */
export function stepLane(by: 1 | -1): void {
  const from = focused ?? selected.peek();
  const lane = from === undefined ? undefined : laneShowing(from);
  if (from === undefined || lane === undefined) return;
  visited.set(lane, from);
  const top = articleOf(from)?.getBoundingClientRect().top ?? 0;
  const lanes = [...document.querySelectorAll<HTMLElement>('[data-lane]')];
  for (let at = lanes.findIndex(({ dataset }) => dataset['lane'] === lane) + by; at >= 0; at += by) {
    const target = lanes[at];
    if (target === undefined) return;
    const key = entryOf(target, top);
    if (key !== undefined) {
      select(key);
      return;
    }
  }
}

function entryOf(lane: HTMLElement, top: number): string | undefined {
  const name = LANES.find((one) => one === lane.dataset['lane']);
  if (name === undefined) return undefined;
  const known = visited.get(name);
  if (known !== undefined && laneShowing(known) === name) return known;
  const drawn = [...lane.querySelectorAll('[data-key] > article')];
  const distance = (article: Element): number => Math.abs(article.getBoundingClientRect().top - top);
  const nearest = drawn.sort((a, b) => distance(a) - distance(b))[0];
  return keyOf(nearest ?? null) ?? keysOfLane(name)[0];
}
