/** A row of an order as it is told today, of whatever shape it was written in: from the log, or as its channel says it. */
import type { LogRow } from '../../src/runtime/actor.ts';
import { type Told, told } from './change.ts';
import { upcast, upcastEvent } from './upcast.ts';

export const retold = (row: LogRow): Told =>
  told({
    ...row,
    after: upcast(row.after, row.stateVersion),
    events: row.events.map((event) => upcastEvent(event, row.stateVersion)),
  });

/** A message of the order's channel: written by `project` and the runtime of a node that may be older. */
export function heard(message: string): Told {
  const { state, events, ...rest } = JSON.parse(message) as Omit<Told, 'after'> & {
    readonly state: readonly [stateVersion: number, state: unknown];
  };
  const [stateVersion, after] = state;
  return {
    ...rest,
    events: events.map((event) => upcastEvent(event, stateVersion)),
    after: upcast(after, stateVersion),
  };
}
