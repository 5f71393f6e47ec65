/** An order as far as it exists for a partner: foreign and unknown are the same. */
import type { OrderState } from '../../actors/order/state.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Asked } from '../../src/http/route.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { type Order, renderOrder } from '../contract/order.ts';
import type { PartnerDeps } from './deps.ts';

export interface OwnOrder {
  readonly version: number;
  readonly state: OrderState;
  /** Seconds since it was known to be true; only when served without Postgres. */
  readonly stale?: number;
}

type Reads = Pick<PartnerDeps, 'runtime'>;

/** undefined: unknown, or somebody else's. */
export async function ownOrder(
  { runtime }: Reads,
  partner: Principal,
  id: string,
  atLeast?: number,
): Promise<OwnOrder | undefined> {
  const read = await runtime.read('order', id, atLeast === undefined ? {} : { atLeast });
  const state = read?.state as OrderState | undefined; // this kind's states
  return read === undefined || state?.tenant !== partner.tenant ? undefined : { ...read, state };
}

/** The one that the path names. Throws `not_found`. */
export async function askedOrder(deps: Reads, asked: Asked, atLeast?: number): Promise<OwnOrder> {
  const found = await ownOrder(deps, principalIn(asked), idIn(asked), atLeast);
  if (found === undefined) throw notFound();
  return found;
}

export const isOwn = async (deps: Reads, asked: Asked): Promise<boolean> =>
  (await ownOrder(deps, principalIn(asked), idIn(asked))) !== undefined;

const nobody = (): undefined => undefined;

export const shown = (state: OrderState, version: number, partner: Principal): Order =>
  renderOrder(state, version, { staff: false, id: partner.id }, nobody);
