import { words } from './words.ts';

/** The dialog with all keys of the board. */
export const keysText = words('keys', {
  title: 'Keys',
  about: 'Keys go by their place on the keyboard, so they work in every layout. In a field you type as usual.',
  scanner: 'A scanner may be used at any time, wherever the focus is: the order is selected, Enter opens it.',
  does: {
    card: 'Card above, card below',
    lane: 'Lane to the left, lane to the right',
    open: 'Open the selected order',
    close: 'Close what is open, back to the card',
    search: 'Search, or type a number',
    chips: 'Filter by its place, from the left',
    alarm: 'First alarm: cancellation, unattended, late',
    all: 'This list',
  },
  letters: {
    next: 'Select the next best order, without capturing it',
    capture: 'Capture the selected order',
    start: 'Start it',
    done: 'Complete it',
    hold: 'Put it on hold, or resume it',
    handOver: 'Hand it over',
    release: 'Release it',
  },
  on: 'Letters, digits and signs act as keys',
  off: 'Only arrows, Enter and Esc act. Buttons do everything else.',
  change: (key: string, what: string) => `${key}. ${what}. Change the key`,
  press: 'Press a letter',
  reset: 'As delivered',
  sound: 'A quiet sound when a cancellation is asked of me, or an order is offered to me',
});
