/** One page of a board over REST. */
import type { Static } from 'typebox';
import { principalIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Asked, Route } from '../../src/http/route.ts';
import { staleHeader } from '../../src/http/stale.ts';
import * as rest from '../contract/rest.ts';
import { mayLook, readPage } from './board-read.ts';
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
        return site === undefined || mayLook(site, principalIn(asked));
      },
      handle: async (call) => {
        const site = siteIn(call);
        if (site === undefined) throw notFound();
        const { lane, sort = 'recent', limit = PAGE, cursor = null } = call.query as BoardQuery;
        const page = await readPage(deps, site, { lane, sort, limit, cursor });
        // Without Postgres nothing happens that the board does not show; but nobody knows whether it is only we who miss it.
        const stale = page.stale ?? deps.away();
        return { body: { ...page, ...(stale === undefined ? {} : { stale }) }, headers: staleHeader(stale) };
      },
    },
  ];
}
