/**
 * The elements of the cards that are drawn just now. An element is made once for as long as its card is in sight, and
 * moves between lists with what it holds (focus, text selection): its own small tree is drawn into it.
 */
import { h, render } from 'preact';
import { CardView } from './card-view.tsx';
import type { ListName } from './lists.ts';

interface Drawn {
  readonly element: HTMLLIElement;
  list: ListName;
  top: number;
  /** Its place in its list, from 1, and of how many. */
  place: number;
  of: number;
}

const drawnCards = new Map<string, Drawn>();

/** Chromium moves without losing focus; elsewhere what had the focus is given it back. */
type Movable = Node & { moveBefore?: (node: Node, before: Node | null) => void };

export const isDrawn = (key: string): boolean => drawnCards.has(key);
export const allDrawn = (): Iterable<[string, Drawn]> => drawnCards;
export const drawnAs = (key: string): Drawn | undefined => drawnCards.get(key);

/** Heights are told by `sizes`. */
export function draw(key: string, list: ListName, sizes: ResizeObserver): Drawn {
  let drawn = drawnCards.get(key);
  if (drawn === undefined) {
    const element = document.createElement('li');
    element.dataset['key'] = key;
    drawn = { element, list, top: Number.NaN, place: 0, of: 0 };
    drawnCards.set(key, drawn);
    render(h(CardView, { id: key }), element);
    sizes.observe(element);
  }
  if (drawn.list !== list) {
    // Its height is told anew, to the other list: it may be the same as before.
    sizes.unobserve(drawn.element);
    sizes.observe(drawn.element);
  }
  drawn.list = list;
  return drawn;
}

export function erase(key: string, sizes: ResizeObserver): void {
  const drawn = drawnCards.get(key);
  if (drawn === undefined) return;
  drawnCards.delete(key);
  sizes.unobserve(drawn.element);
  render(null, drawn.element);
  drawn.element.remove();
}

/** Only what differs is touched. */
export function stand(drawn: Drawn, top: number, place: number, of: number): void {
  const { element } = drawn;
  if (drawn.top !== top) element.style.top = `${top}px`;
  if (drawn.place !== place) element.setAttribute('aria-posinset', String(place));
  if (drawn.of !== of) element.setAttribute('aria-setsize', String(of));
  drawn.top = top;
  drawn.place = place;
  drawn.of = of;
}

export function put(host: Movable, element: HTMLElement, before: Node | null): void {
  if (host.moveBefore !== undefined && element.isConnected) {
    host.moveBefore(element, before);
    return;
  }
  const { activeElement } = document;
  host.insertBefore(element, before);
  if (activeElement instanceof HTMLElement && element.contains(activeElement))
    activeElement.focus({ preventScroll: true });
}
