/** One page of a board over REST. */
import type { Static } from 'typebox';
import type { Card as StoredCard } from '../../actors/order/card.ts';
import { boardVisible } from '../../actors/policy.ts';
import { principalIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Asked, Route } from '../../src/http/route.ts';
import { issuerOf } from '../../src/identity/envelope.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { BoardPage } from '../contract/board.ts';
import { personsOnCard, renderCard } from '../contract/card.ts';
import * as rest from '../contract/rest.ts';
import type { FloorRestDeps } from './deps.ts';

type BoardQuery = Static<typeof rest.BoardQuery>;

const PAGE = 50;

export function boardRoutes(deps: FloorRestDeps): Route[] {
  const siteIn = (asked: Asked): string | undefined => deps.sites().find((site) => site === asked.params['site']);
  return [
    {
      endpoint: rest.readBoard,
      exists: async (asked) => siteIn(asked) !== undefined,
      allowed: (asked) => {
        const site = siteIn(asked);
        return site === undefined || boardVisible(site, issuerOf(principalIn(asked), 'operator'));
      },
      handle: async (call) => {
        const site = siteIn(call);
        if (site === undefined) throw notFound();
        const { lane, sort = 'recent', limit = PAGE, cursor = null } = call.query as BoardQuery;
        const read = await orUnavailable(deps.boards.page({ board: site, lane, sort, limit, cursor }));
        const { complete: _, items, counts, ...page } = read;
        const cards = items as readonly StoredCard[]; // made by `card` of actors/order
        await deps.directory.know(cards.flatMap(personsOnCard));
        const body: BoardPage = {
          ...page,
          lane,
          sort,
          items: cards.map((card) => renderCard(card, deps.directory.nameOf)),
          counts: { new: 0, in_work: 0, made: 0, ...counts },
        };
        return { body };
      },
    },
  ];
}
