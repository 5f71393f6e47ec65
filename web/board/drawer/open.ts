/** Which order the drawer shows. The board goes on beside it; Esc gives the focus back to the order's card. */
import { signal } from '@preact/signals';
import { articleOf, select, selected } from '../focus.ts';
import { closePanelOf } from '../panel.ts';

/** Id of the order; undefined: it is closed. */
export const drawer = signal<string | undefined>(undefined);

export const DRAWER = 'drawer';

export function openDrawer(order: string): void {
  closePanelOf(order);
  if (drawer.peek() === order) document.getElementById(DRAWER)?.focus();
  drawer.value = order;
}

export function closeDrawer(): void {
  const order = drawer.peek();
  if (order === undefined) return;
  closePanelOf(order);
  drawer.value = undefined;
  const back = articleOf(order) === null ? selected.peek() : order;
  if (back !== undefined) select(back);
}

export const inDrawer = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(`#${DRAWER}`) !== null;
