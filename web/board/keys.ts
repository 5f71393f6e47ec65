/**
 * Keys of the board, by physical key so that any layout works; off inside fields and forms. A scanner is a keyboard too: what
 * it writes is one scan wherever the focus is, and none of its letters acts.
 */
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
import { GAP_MS, KeyBurst } from './scan/key-burst.ts';
import { written } from './scan/physical.ts';
import { isSearchField, scanned, searchField } from './scan/seek.ts';
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

/** What is written there is meant for it, also by a scanner. */
const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(radio|checkbox|button|submit)$/.test(target.type)));

const typing = (target: EventTarget | null): boolean =>
  writes(target) || (target instanceof Element && target.closest('input, summary, form, aside') !== null);

const behindDialog = (): boolean => document.querySelector('dialog[open]') !== null;

/** These need not wait for what follows. */
const IN_NO_CODE = /^[!?]$/;
const burst = new KeyBurst<KeyboardEvent>();
let settling: ReturnType<typeof setTimeout> | undefined;

export function listenToKeys(): void {
  // Before anybody else: the Enter of a scan presses no button and sends no form.
  document.addEventListener('keydown', listenForScans, { capture: true });
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || hasModifier(event) || typing(event.target) || behindDialog()) return;
    if (written(event) === undefined && onCard(event)) event.preventDefault();
  });
}

const hasModifier = ({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean => ctrlKey || altKey || metaKey;

function listenForScans(event: KeyboardEvent): void {
  const search = isSearchField(event.target);
  if (hasModifier(event) || behindDialog() || (writes(event.target) && !search)) return;
  if (event.key === 'Enter') {
    clearTimeout(settling);
    const found = burst.enter(event.timeStamp);
    if ('keys' in found) {
      found.keys.forEach(byHand);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    scanned(found.scan, search);
    return;
  }
  const text = written(event);
  if (text === undefined || event.repeat) return;
  if (IN_NO_CODE.test(text) && !burst.isUnderWay(event.timeStamp)) {
    byHand(event);
    return;
  }
  if (event.code === 'Slash' && !search) event.preventDefault(); // else Firefox searches the page
  burst.key(event, text, event.timeStamp).forEach(byHand);
  clearTimeout(settling);
  settling = setTimeout(() => burst.settle().forEach(byHand), GAP_MS);
}

/** A key that writes something, where no scan did. */
function byHand(event: KeyboardEvent): void {
  if (!keys.peek().on || typing(event.target) || behindDialog()) return;
  if (!jump(event)) pressLetter(event);
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

function pressLetter(event: KeyboardEvent): void {
  const order = inDrawer(event.target) ? drawer.peek() : selected.peek();
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
