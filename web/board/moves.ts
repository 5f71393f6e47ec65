/** What the page makes of cards that went from one list to another. */
import type { Card } from '../../gateways/contract/card.ts';
import { type Band, forgetNotes, LINGER_MS, markMoved, notesOf } from './card-notes.ts';
import { begun } from './connection.ts';
import { focusedKey, focusSoon, neighbourOf } from './focus.ts';
import { leftBand, lostBand } from './lost-band.ts';
import { closePanelOf } from './panel.ts';
import type { Move } from './store.ts';
import { leavePlaceholder } from './taken.ts';
import { myId } from './who.ts';

/** Orders whose move I have caused or am causing: they take the focus along. */
const mine = new Map<string, number>();

export function expectMove(order: string): void {
  mine.set(order, performance.now());
}

export function onMoves(moves: readonly Move[]): void {
  if (!begun.peek()) return;
  for (const move of moves) {
    const { card, before, from, to } = move;
    if (from !== undefined && before !== undefined && byAnother(move) && watched(card.order)) {
      closePanelOf(card.order);
      leavePlaceholder(before, from, news(move));
    }
    if (to === undefined && focusedKey() === card.order) focusSoon(neighbourOf(card.order));
    if (to === undefined) forgetNotes(card.order);
    else if (from !== undefined || to === 'new') markMoved(card.order);
  }
}

const watched = (order: string): boolean => focusedKey() === order || notesOf(order).peek().asking?.type === 'capture';

function byAnother({ card, before, to }: Move): boolean {
  if (to === 'mine' || sameHolder(card, before)) return false;
  const since = mine.get(card.order);
  return since === undefined || performance.now() - since > LINGER_MS;
}

/** Offered to me, unattended, or neither: the card changes its list, and nobody took anything. */
const sameHolder = (card: Card, before: Card | undefined): boolean =>
  card.capture !== null && card.capture.operator.id === before?.capture?.operator.id;

function news({ card, to }: Move): Band {
  const holder = card.capture?.operator;
  if (to === undefined || holder === undefined || holder.id === myId()) return leftBand(card, to);
  return lostBand(card, holder.name, card.capture?.since, notesOf(card.order).peek().asking?.at);
}
