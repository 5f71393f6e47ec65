/** One page of a board over REST. */
import { boardVisible } from '../../actors/policy.ts';
import { principalIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Asked, Route } from '../../src/http/route.ts';
import { issuerOf } from '../../src/identity/envelope.ts';
import type { BoardPage } from '../contract/board.ts';
import { personsOnCard, renderCard } from '../contract/card.ts';
import * as rest from '../contract/rest.ts';
import type { BoardPageAsk, FloorRestDeps } from './deps.ts';

const PAGE = 50;

export function boardRoutes(deps: FloorRestDeps): Route[] {
  const known = (asked: Asked): string | undefined => deps.sites().find((site) => site === asked.params['site']);
  return [
    {
      endpoint: rest.readBoard,
      exists: async (asked) => known(asked) !== undefined,
      allowed: (asked) => {
        const site = known(asked);
        return site === undefined || boardVisible(site, issuerOf(principalIn(asked), 'operator'));
      },
      handle: async (call) => {
        const site = known(call);
        if (site === undefined) throw notFound();
        const {
          lane,
          sort = 'recent',
          limit = PAGE,
          cursor,
        } = call.query as unknown as Partial<BoardPageAsk> & Pick<BoardPageAsk, 'lane'>;
        const page = await deps.boardPage(site, { lane, sort, limit, ...(cursor === undefined ? {} : { cursor }) });
        await deps.directory.know(page.items.flatMap(personsOnCard));
        const items = page.items.map((card) => renderCard(card, deps.directory.nameOf));
        const body: BoardPage = { ...page, lane, sort, items, counts: { ...page.counts } };
        return { body };
      },
    },
  ];
}
