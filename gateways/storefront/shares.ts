/** Links to an order for people without a session: made and ended by whose order it is. */
import { mayShare } from '../../actors/policy.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { forbidden } from '../../src/http/fail.ts';
import { pagesFor } from '../../src/http/origins.ts';
import type { Asked, Route } from '../../src/http/route.ts';
import { issuerOf } from '../../src/identity/envelope.ts';
import * as rest from '../contract/rest.ts';
import { guestPage, type Shared } from '../contract/share.ts';
import type { StorefrontDeps } from './deps.ts';
import { anyRole, findOrder, readOrder } from './visible.ts';

export function shareRoutes(deps: Pick<StorefrontDeps, 'runtime' | 'shares' | 'origins'>): Route[] {
  const { shares, origins } = deps;
  const exists = async (asked: Asked): Promise<boolean> => (await findOrder(deps, asked)) !== undefined;
  /** Throws `not_found`, `forbidden`. */
  const ownOrder = async (asked: Asked): Promise<string> => {
    const principal = principalIn(asked);
    const { state } = await readOrder(deps, asked);
    if (!mayShare(state, issuerOf(principal, anyRole(principal)))) throw forbidden();
    return idIn(asked);
  };
  return [
    {
      endpoint: rest.shareOrder,
      exists,
      handle: async (call) => {
        const order = await ownOrder(call);
        const { tenant, id: person } = principalIn(call);
        const { token, replay } = await shares.issue({ tenant, person, order, key: call.key });
        const body: Shared = { token, url: `${pagesFor(call, origins)}${guestPage(order, token)}` };
        return { body, headers: replay ? { 'Idempotent-Replay': 'true' } : {} };
      },
    },
    {
      endpoint: rest.unshareOrder,
      exists,
      handle: async (call) => {
        await shares.revoke(await ownOrder(call));
        return { body: { ok: true } };
      },
    },
  ];
}
