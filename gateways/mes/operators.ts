/** Operators over REST: who there is. */
import type { OperatorState } from '../../actors/operator/state.ts';
import { atWrongSite } from '../../actors/policy.ts';
import { badCursor } from '../../src/errors.ts';
import { principalIn } from '../../src/http/caller.ts';
import { forbidden } from '../../src/http/fail.ts';
import type { Route } from '../../src/http/route.ts';
import { issuerOf } from '../../src/identity/envelope.ts';
import { type Operator, renderOperator } from '../contract/operator.ts';
import * as rest from '../contract/rest.ts';
import type { FloorRestDeps } from './deps.ts';
import { momentOf } from './moment.ts';

const PAGE = 50;

export function operatorRoutes(deps: FloorRestDeps): Route[] {
  return [
    {
      endpoint: rest.listOperators,
      handle: async (call) => {
        const principal = principalIn(call);
        const {
          site = principal.site,
          limit = PAGE,
          cursor,
        } = call.query as { site?: string; limit?: number; cursor?: string };
        if (site !== undefined && atWrongSite(site, issuerOf(principal, 'operator'))) throw forbidden();
        const after = cursor === undefined ? '' : loginIn(cursor);
        const found = await deps.listOperators({ after, limit: limit + 1, ...(site === undefined ? {} : { site }) });
        const listed = found.slice(0, limit);
        const last = found.length > limit ? listed.at(-1)?.login : undefined;
        const next = last === undefined ? null : cursorOf(last);
        return {
          body: {
            items: await operatorsAsTheyAre(
              deps,
              listed.map(({ id }) => id),
            ),
            next,
          },
        };
      },
    },
  ];
}

/** In the order asked; users never hired are left out. */
async function operatorsAsTheyAre(deps: FloorRestDeps, ids: readonly string[]): Promise<Operator[]> {
  const [states, now] = await Promise.all([
    Promise.all(ids.map((id) => deps.runtime.read('operator', id))),
    momentOf(deps, ids),
  ]);
  return ids.flatMap((id, n) => {
    const state = states[n]?.state as OperatorState | undefined; // this kind's states
    return state === undefined ? [] : [renderOperator(state, now(id), deps.directory.nameOf)];
  });
}

/** No cursor of another list begins so. */
const MARK = 'operator ';

const cursorOf = (login: string): string => Buffer.from(`${MARK}${login}`).toString('base64url');

function loginIn(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  const login = text.slice(MARK.length);
  if (text.startsWith(MARK) && cursorOf(login) === cursor) return login;
  throw badCursor();
}
