/** An order as far as it is shown to a caller with a session, a link, or both: as oneself where that is allowed. */
import type { OrderState } from '../../actors/order/state.ts';
import { idIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import { type Call, LINK } from '../../src/http/route.ts';
import type { Principal } from '../../src/identity/principal.ts';
import type { Share } from '../../src/identity/shares.ts';
import type { Viewer } from '../contract/shapes.ts';
import type { StorefrontDeps } from './deps.ts';
import { mayRead, orderAsItIs, type ReadOrder, viewerOf } from './visible.ts';

interface Deps extends Pick<StorefrontDeps, 'runtime'> {
  readonly shares: Pick<StorefrontDeps['shares'], 'look'>;
}

export const GUEST: Viewer = { staff: false };

/** The link, if this token opens this order. Throws `unavailable`. */
export async function linkTo(
  { shares }: Pick<Deps, 'shares'>,
  order: string,
  token: unknown,
): Promise<Share | undefined> {
  const share = typeof token === 'string' ? await shares.look(token) : undefined;
  return share?.order === order ? share : undefined;
}

/** Throws `not_found`: a wrong link, a foreign and an unknown order are the same. */
export async function readShown(
  deps: Deps,
  call: Call,
  atLeast?: number,
): Promise<ReadOrder & { readonly viewer: Viewer }> {
  const { principal, query } = call;
  const order = idIn(call);
  const opened = async (): Promise<boolean> => (await linkTo(deps, order, query[LINK])) !== undefined;
  if (principal === undefined && !(await opened())) throw notFound();
  const read = await orderAsItIs(deps, order, atLeast);
  if (read === undefined) throw notFound();
  if (principal === undefined) return { ...read, viewer: GUEST };
  if (mayRead(read.state, principal)) return { ...read, viewer: viewerOf(principal) };
  if (await opened()) return { ...read, viewer: GUEST };
  throw notFound();
}

/** Who follows an order. */
export interface Follower {
  readonly viewer: Viewer;
  mayRead(state: OrderState): boolean;
  /** The link it reads by, if by one. */
  readonly link?: Share;
}

/** `asking` is asked again with each version: what it may read may change. Throws `not_found`. */
export async function followerOf(
  deps: Deps,
  asking: { readonly principal: Principal | undefined },
  order: string,
  token: string | undefined,
): Promise<Follower> {
  const mine = (state: OrderState): boolean => asking.principal !== undefined && mayRead(state, asking.principal);
  if (asking.principal !== undefined) {
    const read = await orderAsItIs(deps, order);
    if (read !== undefined && mine(read.state)) return { viewer: viewerOf(asking.principal), mayRead: mine };
  }
  const link = await linkTo(deps, order, token);
  if (link === undefined) throw notFound();
  return { viewer: GUEST, link, mayRead: () => true };
}
