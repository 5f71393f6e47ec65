/** A story as the rows of the log that it would leave, one event a row. */
import type { OrderEvent } from '../../actors/order/events.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderLogRow } from '../../actors/order/project.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { ACTOR, atMinute, COMMAND } from './given.ts';
import { BO, OLGA } from './world.ts';

export function logOf(story: readonly OrderEvent[]): OrderLogRow[] {
  const rows: OrderLogRow[] = [];
  for (const [n, event] of story.entries()) {
    const before = rows.at(-1)?.after;
    rows.push({
      kind: 'order',
      actor: ACTOR,
      version: n + 1,
      commandId: uuid5(COMMAND, String(n)),
      issuer: n < 5 ? BO : OLGA,
      at: atMinute(n),
      events: [event],
      after: order.evolve(before, event, { actor: ACTOR, version: n + 1, at: atMinute(n) }),
      stateVersion: order.stateVersion,
      was: order.was(before),
      trace: null,
    });
  }
  return rows;
}
