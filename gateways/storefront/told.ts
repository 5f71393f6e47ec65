/** The rows of one order as its watchers and its timeline are told them, from the log. */
import { type Told, told } from '../../actors/order/change.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { upcast, upcastEvent } from '../../actors/order/upcast.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { StorefrontDeps } from './deps.ts';

const ROWS_AT_ONCE = 500;

/** All versions after `since`, in order. Throws `unavailable`. */
export async function story(deps: Pick<StorefrontDeps, 'rows'>, id: string, since = 0): Promise<Told[]> {
  const all: Told[] = [];
  for (;;) {
    const rows = await orUnavailable(deps.rows('order', id, all.at(-1)?.version ?? since, ROWS_AT_ONCE));
    for (const row of rows) {
      const after: OrderState = upcast(row.after, row.stateVersion);
      const events: OrderEvent[] = row.events.map((event) => upcastEvent(event, row.stateVersion));
      all.push(told({ ...row, after, events }));
    }
    if (rows.length < ROWS_AT_ONCE) return all;
  }
}
