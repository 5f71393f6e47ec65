/** The one open panel of the board: what more can be done with a card, or the form of one action. */
import { signal } from '@preact/signals';
import type { ActionType } from './actions.ts';
import { focusedKey, select } from './focus.ts';

export interface OpenPanel {
  readonly order: string;
  /** undefined: the list of what more can be done. */
  readonly action?: { readonly type: ActionType; readonly epoch: number };
}

export const panel = signal<OpenPanel | undefined>(undefined);

export function toggleMore(order: string): void {
  panel.value = panel.peek()?.order === order ? undefined : { order };
}

/** `epoch`: the capture that stands on the card now; if it is another when the form is sent, the server refuses. */
export function openForm(order: string, type: ActionType, epoch: number): void {
  panel.value = { order, action: { type, epoch } };
}

/** Without touching the focus: the card is on its way elsewhere. */
export function closePanelOf(order: string): void {
  if (panel.peek()?.order === order) panel.value = undefined;
}

/** The focus goes back to the card. */
export function closePanel(): void {
  const open = panel.peek();
  if (open === undefined) return;
  panel.value = undefined;
  if (focusedKey() === open.order) select(open.order);
}
