/** An order as far as it exists for a caller: foreign and unknown are the same. */
import type { OrderState } from '../../actors/order/state.ts';
import { isStaff, readable, sees } from '../../actors/policy.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Asked } from '../../src/http/route.ts';
import { issuerOf } from '../../src/identity/envelope.ts';
import type { Principal } from '../../src/identity/principal.ts';
import type { Viewer } from '../contract/shapes.ts';
import type { Read, StorefrontDeps } from './deps.ts';

type Reads = Pick<StorefrontDeps, 'runtime'>;

export interface ReadOrder extends Read {
  readonly state: OrderState;
}

export const anyRole = ({ roles }: Principal): string => roles[0] ?? 'nobody';

export const viewerOf = ({ id, roles }: Principal): Viewer => ({ id, staff: isStaff(roles) });

/** May this caller, signed in, read it? */
export const mayRead = (state: OrderState, principal: Principal): boolean =>
  readable(state, issuerOf(principal, anyRole(principal)));

/** Whoever asks; undefined = there is no such order. */
export async function orderAsItIs({ runtime }: Reads, order: string, atLeast?: number): Promise<ReadOrder | undefined> {
  const read = await runtime.read('order', order, atLeast === undefined ? {} : { atLeast });
  const state = read?.state as OrderState | undefined; // this kind's states
  return read === undefined || state === undefined ? undefined : { ...read, state };
}

/** For reading by those who are signed in; undefined = there is none for the caller. */
export async function findOrder(deps: Reads, asked: Asked): Promise<ReadOrder | undefined> {
  const principal = principalIn(asked);
  const read = await orderAsItIs(deps, idIn(asked));
  return read !== undefined && mayRead(read.state, principal) ? read : undefined;
}

/** The same. Throws `not_found`. */
export async function readOrder(deps: Reads, asked: Asked): Promise<ReadOrder> {
  const read = await findOrder(deps, asked);
  if (read === undefined) throw notFound();
  return read;
}

/** For commands: staff may be told `wrong_site` of an order that it may not read. */
export async function addressable({ runtime }: Reads, asked: Asked): Promise<boolean> {
  const principal = principalIn(asked);
  const read = await runtime.read('order', idIn(asked));
  const state = read?.state as OrderState | undefined;
  return state !== undefined && principal.roles.some((role) => sees(state, issuerOf(principal, role)));
}
