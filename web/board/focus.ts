/**
 * Which card has the focus, kept when its element moves or its button is replaced. One card of the board is in the tab
 * order (roving); arrows move among them.
 */
import { signal } from '@preact/signals';

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

export function select(key: string): void {
  selected.value = key;
  const article = articleOf(key);
  article?.focus();
  article?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

const articles = (within: ParentNode): HTMLElement[] => [
  ...within.querySelectorAll<HTMLElement>('[data-key] > article'),
];
const keyOfArticle = (article: HTMLElement | undefined): string | undefined => article && keyOf(article);

/** The card below, else the one above, in the same lane. */
export function neighbourOf(key: string): string | undefined {
  const article = articleOf(key);
  const lane = article?.closest('[data-lane]');
  if (!article || !lane) return undefined;
  const all = articles(lane);
  const at = all.indexOf(article);
  return keyOfArticle(all[at + 1] ?? all[at - 1]);
}

/** One step within the lane. */
export function step(by: 1 | -1): void {
  const from = focused ?? selected.peek();
  const article = from === undefined ? null : articleOf(from);
  const lane = article?.closest('[data-lane]');
  if (!article || !lane) return;
  const all = articles(lane);
  const key = keyOfArticle(all[all.indexOf(article) + by]);
  if (key !== undefined) select(key);
}

/** Last card visited in each lane. */
const visited = new Map<Element, string>();

/** To the next lane that has cards, to the card visited there last, else to the one at about the same height. */
export function stepLane(by: 1 | -1): void {
  const from = focused ?? selected.peek();
  const article = from === undefined ? null : articleOf(from);
  const lane = article?.closest('[data-lane]');
  if (from === undefined || !article || !lane) return;
  visited.set(lane, from);
  const lanes = [...document.querySelectorAll('[data-lane]')];
  for (let at = lanes.indexOf(lane) + by; at >= 0 && at < lanes.length; at += by) {
    const target = lanes[at];
    const key = target && entryOf(target, article.getBoundingClientRect().top);
    if (key !== undefined) {
      select(key);
      return;
    }
  }
}

function entryOf(lane: Element, top: number): string | undefined {
  const known = visited.get(lane);
  if (known !== undefined && articleOf(known)?.closest('[data-lane]') === lane) return known;
  const distance = (article: HTMLElement): number => Math.abs(article.getBoundingClientRect().top - top);
  return keyOfArticle(articles(lane).sort((a, b) => distance(a) - distance(b))[0]);
}
