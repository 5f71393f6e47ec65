/** A row of an order as the log has it, of whatever shape it was written in, as it is told today. */
import type { LogRow } from '../../src/runtime/actor.ts';
import { type Told, told } from './change.ts';
import { upcast, upcastEvent } from './upcast.ts';

export const retold = (row: LogRow): Told =>
  told({
    ...row,
    after: upcast(row.after, row.stateVersion),
    events: row.events.map((event) => upcastEvent(event, row.stateVersion)),
  });
