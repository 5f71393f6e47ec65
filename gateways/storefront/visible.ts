/** An order as far as it exists for a caller: foreign and unknown are the same. */
import type { OrderState } from '../../actors/order/state.ts';
import { readable, sees } from '../../actors/policy.ts';
import { idIn, principalIn } from '../../src/http/caller.ts';
import { notFound } from '../../src/http/fail.ts';
import type { Asked } from '../../src/http/route.ts';
import { issuerOf } from '../../src/identity/envelope.ts';
import type { Principal } from '../../src/identity/principal.ts';
import type { Read, StorefrontDeps } from './deps.ts';

type Reads = Pick<StorefrontDeps, 'runtime'>;

export interface ReadOrder extends Read {
  readonly state: OrderState;
}

export const anyRole = ({ roles }: Principal): string => roles[0] ?? 'nobody';

/** For reading. Throws `not_found`. */
export async function readOrder({ runtime }: Reads, asked: Asked, atLeast?: number): Promise<ReadOrder> {
  const principal = principalIn(asked);
  const read = await runtime.read('order', idIn(asked), atLeast === undefined ? {} : { atLeast });
  const state = read?.state as OrderState | undefined; // this kind's states
  if (read === undefined || state === undefined) throw notFound();
  if (!readable(state, issuerOf(principal, anyRole(principal)))) throw notFound();
  return { ...read, state };
}

/** For commands: staff may be told `wrong_site` of an order that it may not read. */
export async function addressable({ runtime }: Reads, asked: Asked): Promise<boolean> {
  const principal = principalIn(asked);
  const read = await runtime.read('order', idIn(asked));
  const state = read?.state as OrderState | undefined;
  return state !== undefined && principal.roles.some((role) => sees(state, issuerOf(principal, role)));
}
