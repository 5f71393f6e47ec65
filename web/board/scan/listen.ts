/**
 * A scanner is a keyboard too: what it writes is one scan wherever the focus is, and none of its keys acts. What a hand has
 * pressed is handed on as soon as it is known that it is no scan's.
 */
import { drawer, inDrawer } from '../drawer/open.ts';
import { selected } from '../focus.ts';
import { KeyBurst } from './key-burst.ts';
import { written } from './physical.ts';
import { isSearchField, scanned } from './seek.ts';

export interface Pressed {
  readonly event: KeyboardEvent;
  /** Whom it was meant for when it was pressed: another may be selected by the time it acts. */
  readonly order: string | undefined;
}

/** These need not wait for what follows. */
const IN_NO_CODE = /^[!?]$/;
/** They write nothing, but a scanner needs them to write. */
const MODIFIER = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock)$/;
/** A timer that is so late says that the page was busy: keys may stand in line behind it. */
const LATE_MS = 10;

export const hasModifier = ({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean => ctrlKey || altKey || metaKey;

/** What is written there is meant for it, also by a scanner. */
const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.tagName === 'TEXTAREA' ||
    (target instanceof HTMLInputElement && !/^(radio|checkbox|button|submit)$/.test(target.type)));

export const typing = (target: EventTarget | null): boolean =>
  writes(target) || (target instanceof Element && target.closest('input, select, summary, form, aside') !== null);

export function listenForScans(byHand: (keys: readonly Pressed[]) => void): void {
  const burst = new KeyBurst<Pressed>();
  let settling: ReturnType<typeof setTimeout> | undefined;
  let spaceOfScan = false;
  const settle = (): void => {
    clearTimeout(settling);
    byHand(burst.settle());
  };
  const settleSoon = (last = false): void => {
    clearTimeout(settling);
    const due = performance.now() + burst.patience;
    settling = setTimeout(() => {
      if (!last && performance.now() > due + LATE_MS) settleSoon(true);
      else settle();
    }, burst.patience);
  };

  function listen(event: KeyboardEvent): void {
    const { target, timeStamp: at } = event;
    const search = isSearchField(target);
    if (hasModifier(event) || (writes(target) && !search)) return;
    if (event.key === 'Enter') {
      clearTimeout(settling);
      const found = burst.enter(at);
      if ('keys' in found) {
        byHand(found.keys);
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      closeDialogs();
      scanned(found.scan, search);
      return;
    }
    const text = written(event);
    if (text === undefined) {
      // What was pressed before an arrow acts before the arrow does.
      if (!MODIFIER.test(event.key)) settle();
      return;
    }
    if (!search && keepsFrom(event, text, burst.isUnderWay(at))) {
      event.preventDefault();
      spaceOfScan ||= text === ' ';
    }
    if (event.repeat) return;
    const pressed = { event, order: inDrawer(target) ? drawer.peek() : selected.peek() };
    if (IN_NO_CODE.test(text) && !burst.isUnderWay(at)) {
      byHand([pressed]);
      return;
    }
    byHand(burst.key(pressed, text, at));
    settleSoon();
  }

  // Before anybody else: the Enter of a scan presses no button and sends no form.
  document.addEventListener('keydown', listen, { capture: true });
  document.addEventListener(
    'keyup',
    (event) => {
      if (event.code !== 'Space' || !spaceOfScan) return;
      spaceOfScan = false;
      event.preventDefault();
    },
    { capture: true },
  );
}

/** What the browser would do by itself, and a scan must not: search the page, choose by the first letter, press a button. */
const keepsFrom = ({ code, target }: KeyboardEvent, text: string, underWay: boolean): boolean =>
  text === ' ' ? underWay : code === 'Slash' || target instanceof HTMLSelectElement;

/** Whoever scans wants the order, not what lies over it; who has to sign in again must do so first. */
function closeDialogs(): void {
  for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog[open]:not(.again)')) dialog.close();
}
