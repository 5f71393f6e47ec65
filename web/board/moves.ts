/** What the page makes of cards that went from one list to another. */
import { type Band, forgetNotes, LINGER_MS, markMoved, notesOf } from './card-notes.ts';
import { begun } from './connection.ts';
import { focusedKey } from './focus.ts';
import { goneBand, lostBand } from './refusal-band.ts';
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
    if (from !== undefined && before !== undefined && byAnother(move) && watched(card.order))
      leavePlaceholder(before, from, news(move));
    if (to === undefined) forgetNotes(card.order);
    else if (from !== undefined || to === 'new') markMoved(card.order);
  }
}

const watched = (order: string): boolean => focusedKey() === order || notesOf(order).peek().asking?.type === 'capture';

function byAnother({ card, to }: Move): boolean {
  if (to === 'mine') return false;
  const since = mine.get(card.order);
  return since === undefined || performance.now() - since > LINGER_MS;
}

function news({ card }: Move): Band {
  const holder = card.capture?.operator;
  if (holder === undefined || holder.id === myId()) return goneBand();
  return lostBand(card, holder.name, card.capture?.since, notesOf(card.order).peek().asking?.at);
}
