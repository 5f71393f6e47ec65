/** The rows of one order as its watchers and its timeline are told them, from the log. */
import type { Told } from '../../actors/order/change.ts';
import { retold } from '../../actors/order/retold.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { StorefrontDeps } from './deps.ts';

const ROWS_AT_ONCE = 100;

/** All versions after `since`, in order. Throws `unavailable`. */
export async function story(deps: Pick<StorefrontDeps, 'rows'>, id: string, since = 0): Promise<Told[]> {
  const all: Told[] = [];
  for (;;) {
    const rows = await orUnavailable(deps.rows('order', id, all.at(-1)?.version ?? since, ROWS_AT_ONCE));
    all.push(...rows.map(retold));
    if (rows.length < ROWS_AT_ONCE) return all;
  }
}
