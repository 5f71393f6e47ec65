/** Keys of the board, by physical key so that any layout works; off inside fields and forms. */
import { actText } from '../text/acts.ts';
import { clock } from '../ui/ticking.ts';
import { goTo, offersOf, press } from './act.ts';
import type { ActionType } from './actions.ts';
import { closeDrawer, drawer, inDrawer, openDrawer } from './drawer/open.ts';
import { toggleChip } from './filters.ts';
import { articleOf, select, selected, step, stepLane } from './focus.ts';
import { type KeyName, keys, nameOfKey } from './key-map.ts';
import { keysOpen } from './keys-open.ts';
import { firstAlarm, LISTS, nextBest } from './lists.ts';
import { grouping } from './presence.ts';
import { hasModifier, listenForScans, type Pressed, typing } from './scan/listen.ts';
import { written } from './scan/physical.ts';
import { searchField } from './scan/seek.ts';
import { cardOf, cardsIn } from './store.ts';
import { isTakenKey } from './taken.ts';
import { isOperator, operator } from './who.ts';

/** Of several, the one that is offered. */
const ACTIONS: Readonly<Partial<Record<KeyName, readonly ActionType[]>>> = {
  capture: ['capture'],
  start: ['start'],
  done: ['complete'],
  hold: ['resume', 'hold'],
  handOver: ['hand-over'],
  release: ['release'],
};

const behindDialog = (): boolean => document.querySelector('dialog[open]') !== null;

export function listenToKeys(): void {
  listenForScans(byHand);
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || hasModifier(event) || typing(event.target) || behindDialog()) return;
    if (written(event) === undefined && onCard(event)) event.preventDefault();
  });
}

/** Keys that write something, where no scan did. */
function byHand(pressed: readonly Pressed[]): void {
  let jumped = false;
  for (const { event, order } of pressed) {
    if (!keys.peek().on || typing(event.target) || behindDialog()) continue;
    if (jump(event)) jumped = true;
    else pressLetter(event, jumped ? selected.peek() : order);
  }
}

/** To something that is not the selected card. */
function jump({ code, key, shiftKey }: KeyboardEvent): boolean {
  if (key === '?' || (code === 'Slash' && shiftKey)) {
    keysOpen.value = true;
    return true;
  }
  if (key === '/' || code === 'Slash') {
    searchField()?.focus();
    return true;
  }
  if (key === '!' || (code === 'Digit1' && shiftKey)) {
    goTo(firstAlarm(LISTS.flatMap(cardsIn), clock.now(), grouping()), actText.jumps.noAlarm);
    return true;
  }
  const digit = shiftKey ? undefined : /^Digit([1-9])$/.exec(code)?.[1];
  if (digit !== undefined) return toggleChip(Number(digit));
  if (nameOfKey(code) !== 'next' || shiftKey || !isOperator()) return false;
  goTo(nextBest(cardsIn('new'), operator.peek()?.skills), actText.jumps.noBest);
  return true;
}

function pressLetter(event: KeyboardEvent, order: string | undefined): void {
  const name = event.shiftKey ? undefined : nameOfKey(event.code);
  const types = name && ACTIONS[name];
  const card = order === undefined || isTakenKey(order) ? undefined : cardOf(order)?.peek();
  if (types === undefined || card === undefined) return;
  const offered = offersOf(card).find((offer) => types.includes(offer.type));
  if (offered !== undefined) press(card.order, offered.type);
}

function onCard(event: KeyboardEvent): boolean {
  if (event.code === 'Escape' && drawer.peek() !== undefined) {
    closeDrawer();
    return true;
  }
  const key = selected.peek();
  if (key === undefined || inDrawer(event.target)) return false;
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
    case 'NumpadEnter':
      if (event.target !== articleOf(key) || isTakenKey(key)) return false;
      openDrawer(key);
      return true;
    case 'Escape':
      if (inside) select(key);
      return inside;
    default:
      return false;
  }
}
