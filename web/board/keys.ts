/** Keys of the board, by physical key so that any layout works; off inside fields and forms. */
import { actText } from '../text/acts.ts';
import { clock } from '../ui/ticking.ts';
import { goTo, offersOf, press } from './act.ts';
import type { ActionType } from './actions.ts';
import { articleOf, select, selected, step, stepLane } from './focus.ts';
import { firstAlarm, LISTS, nextBest } from './lists.ts';
import { grouping } from './presence.ts';
import { cardOf, cardsIn } from './store.ts';
import { isTakenKey } from './taken.ts';
import { isOperator, operator } from './who.ts';

/** Of several, the one that is offered. */
const ACTIONS: Readonly<Record<string, readonly ActionType[]>> = {
  KeyC: ['capture'],
  KeyS: ['start'],
  KeyD: ['complete'],
  KeyP: ['resume', 'hold'],
  KeyO: ['hand-over'],
  KeyR: ['release'],
};

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT|SUMMARY)$/.test(target.tagName) ||
    target.closest('form, aside') !== null);

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || typing(event.target)) return;
    if (jump(event) || onCard(event)) event.preventDefault();
  });
}

/** To a card that is not the selected one. */
function jump(event: KeyboardEvent): boolean {
  if (event.repeat) return false;
  if (event.code === 'KeyN' && isOperator()) {
    goTo(nextBest(cardsIn('new'), operator.peek()?.skills), actText.jumps.noBest);
    return true;
  }
  if (event.key !== '!' && !(event.code === 'Digit1' && event.shiftKey)) return false;
  goTo(firstAlarm(LISTS.flatMap(cardsIn), clock.now(), grouping()), actText.jumps.noAlarm);
  return true;
}

function onCard(event: KeyboardEvent): boolean {
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
  const types = ACTIONS[event.code];
  const card = isTakenKey(key) ? undefined : cardOf(key)?.peek();
  if (types === undefined || card === undefined || event.repeat || event.shiftKey) return false;
  const offered = offersOf(card).find((offer) => types.includes(offer.type));
  if (offered === undefined) return false;
  press(key, offered.type);
  return true;
}

function focusFirstButton(key: string): boolean {
  const button = articleOf(key)?.querySelector('button');
  button?.focus();
  return button !== null && button !== undefined;
}
