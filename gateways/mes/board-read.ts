/** Boards as the views give them, rendered for those who stand before them. */
import type { Card as StoredCard } from '../../actors/order/card.ts';
import { LANES, type Lane } from '../../actors/order/lifecycle.ts';
import { boardVisible } from '../../actors/policy.ts';
import { issuerOf } from '../../src/identity/envelope.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { People as StoredPeople } from '../../src/views/people.ts';
import type { BoardPage, Counts, People, Sort } from '../contract/board.ts';
import { type Card, personsOnCard, renderCard } from '../contract/card.ts';
import type { NameOf } from '../contract/shapes.ts';
import type { FloorRestDeps } from './deps.ts';

type Reads = Pick<FloorRestDeps, 'directory' | 'boards'>;

/** May this caller see the board of this site? */
export const mayLook = (site: string, principal: Principal): boolean =>
  boardVisible(site, issuerOf(principal, 'operator'));

export const renderCounts = (counts: Readonly<Record<string, number>>): Counts => ({
  new: 0,
  in_work: 0,
  made: 0,
  ...counts,
});

/** What the views keep was made by `card` of actors/order. */
const stored = (cards: readonly unknown[]): readonly StoredCard[] => cards as readonly StoredCard[];

export const renderCards = (cards: readonly unknown[], nameOf: NameOf): Card[] =>
  stored(cards).map((card) => renderCard(card, nameOf));

/** Those on the cards, and those besides. */
export const knowPersons = async (
  directory: Reads['directory'],
  cards: readonly unknown[],
  persons: readonly string[],
): Promise<void> => directory.know([...stored(cards).flatMap(personsOnCard), ...persons]);

export const renderPeople = (people: StoredPeople, nameOf: NameOf): People =>
  Object.fromEntries(
    Object.entries(people).map(([id, { present, since }]) => [
      id,
      { name: nameOf(id) ?? id, present, since: new Date(since).toISOString() },
    ]),
  );

export const perLane = <T>(of: (lane: Lane) => T): Record<Lane, T> =>
  Object.fromEntries(LANES.map((lane) => [lane, of(lane)])) as Record<Lane, T>;

export interface PageAsk {
  readonly lane: Lane;
  readonly sort: Sort;
  readonly cursor: string | null;
  readonly limit: number;
}

/** Throws `invalid` for a cursor that is none of ours, `unavailable`. */
export async function readPage({ boards, directory }: Reads, site: string, ask: PageAsk): Promise<BoardPage> {
  const { complete: _, items, counts, people, ...page } = await orUnavailable(boards.page({ board: site, ...ask }));
  await knowPersons(directory, items, Object.keys(people));
  return {
    ...page,
    lane: ask.lane,
    sort: ask.sort,
    items: renderCards(items, directory.nameOf),
    counts: renderCounts(counts),
    people: renderPeople(people, directory.nameOf),
  };
}
