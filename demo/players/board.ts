/** A site's board as a player sees it. */
import type { Card } from '../../gateways/contract/card.ts';
import type { BoardLive } from '../../web/client/board-live.ts';
import type { Person } from './person.ts';

/** A picture remembers what has left the board; after so many it is looked at anew. */
const MOST_PLACES = 1_500;

/** Those on the board now; none while it is not live: nobody acts on what may be past. */
export function cardsOn(board: BoardLive, person: Person): readonly Card[] {
  board.picture.takeChanged(); // nobody draws it
  if (board.state !== 'live') return [];
  if (board.picture.places.size > MOST_PLACES) {
    board.forget();
    return [];
  }
  const cards = [...board.picture.places.values()].flatMap(({ card }) => (card === null ? [] : [card]));
  return person.open(cards, ({ order }) => order);
}
