/** Keys of the board, by physical key so that any layout works; off inside fields. */
import { act } from './act.ts';
import type { ActionType } from './card-notes.ts';
import { articleOf, select, selected, step, stepLane } from './focus.ts';
import { isTakenKey } from './taken.ts';

const ACTIONS: Readonly<Record<string, ActionType>> = {
  KeyC: 'capture',
  KeyS: 'start',
  KeyD: 'complete',
  KeyR: 'release',
};

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || typing(event.target)) return;
    if (press(event)) event.preventDefault();
  });
}

function press(event: KeyboardEvent): boolean {
  const key = selected.peek();
  if (key === undefined) return false;
  const inside = event.target instanceof Element && event.target.closest('[data-key]') !== null;
  switch (event.code) {
    case 'ArrowDown':
    case 'ArrowUp':
      if (!inside) select(key);
      else step(event.code === 'ArrowDown' ? 1 : -1);
      return true;
    case 'ArrowRight':
    case 'ArrowLeft':
      if (!inside) select(key);
      else stepLane(event.code === 'ArrowRight' ? 1 : -1);
      return true;
    case 'Enter':
      return event.target === articleOf(key) && focusFirstButton(key);
    case 'Escape':
      if (inside) select(key);
      return inside;
    default:
      return pressLetter(event, key);
  }
}

function pressLetter(event: KeyboardEvent, key: string): boolean {
  const type = ACTIONS[event.code];
  if (type === undefined || event.repeat || isTakenKey(key)) return false;
  void act(key, type);
  return true;
}

function focusFirstButton(key: string): boolean {
  const button = articleOf(key)?.querySelector('button');
  button?.focus();
  return button !== null && button !== undefined;
}
