/** Is somebody there for this order? Not part of it: no version changes when its holder leaves. */
import type { OrderState } from '../../actors/order/state.ts';
import type { StorefrontDeps } from './deps.ts';

type Presence = Pick<StorefrontDeps, 'absentSince' | 'graceMs'>;

/** Captured, and its holder at no board for longer than the grace; false also when that is not known. */
export async function isUnattended({ absentSince, graceMs }: Presence, order: OrderState): Promise<boolean> {
  const { site, capture } = order;
  const since = capture && (await absentSince(site, capture.operator));
  if (capture === null || since === null || since === undefined) return false;
  return Date.now() - Math.max(since, Date.parse(capture.since)) > graceMs;
}
