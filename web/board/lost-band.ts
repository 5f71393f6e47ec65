/** News of a card that somebody else took or moved on: what happened, and what else there is. */
import type { Card } from '../../gateways/contract/card.ts';
import type { Nack } from '../../gateways/contract/live.ts';
import { boardText } from '../text/board.ts';
import type { Band } from './card-notes.ts';
import { type ListName, similarTo } from './lists.ts';
import { cardsIn } from './store.ts';

export const digits = (card: Card): string => card.number.slice(-3);

/** Since when somebody else holds it. */
export const sinceOf = (nack: Nack): string | undefined =>
  typeof nack['since'] === 'string' ? nack['since'] : nack.order?.capture?.since;

/** By so much the clocks of this page and of the server may differ: nobody takes a thing later than its loser asked for it. */
const CLOCKS_MS = -1_000;

/**
 * Losing a race is news, not an error: who, by how much (`askedAt` = when I asked for it), and what else there is. It was
 * no race where my press waited for a line and the other came meanwhile.
 */
export function lostBand(card: Card, holder: string, since: string | undefined, askedAt: number | undefined): Band {
  const gap = since === undefined || askedAt === undefined ? undefined : askedAt - Date.parse(since);
  return {
    tone: 'info',
    mark: { icon: 'hand' },
    title: gap === undefined || gap < CLOCKS_MS ? boardText.lost.taken(holder) : boardText.lost.title(holder, gap),
    detail: boardText.lost.slots,
    code: 'already_captured',
    ...similarWay(card),
    since: performance.now(),
  };
}

/** Somebody else has moved it on, or off the board (`to` undefined), and nobody holds it. */
export function leftBand(card: Card, to: ListName | undefined): Band {
  const { gone, made, free, show, showFor } = boardText.lost;
  return {
    tone: 'info',
    mark: { icon: 'hand' },
    title: to === undefined ? gone : to === 'made' ? made : free,
    detail: '',
    code: to === undefined ? 'gone' : 'moved',
    ...(to !== undefined && { way: { label: show, about: showFor(card.number), order: card.order } }),
    since: performance.now(),
  };
}

function similarWay(card: Card): Pick<Band, 'way'> {
  const similar = similarTo(card, cardsIn('new'));
  if (similar === undefined) return {};
  const { lost } = boardText;
  return {
    way: {
      label: lost.similar(digits(similar)),
      about: lost.similarFor(digits(similar), similar.number),
      order: similar.order,
    },
  };
}
