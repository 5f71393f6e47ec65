import type { LogRow } from './actor.ts';
import type { AnyDefinition } from './judge.ts';

/** A row of the log with its state and events in their present shapes. */
export function upcastRow(definition: AnyDefinition, row: LogRow): LogRow<unknown, { readonly type: string }> {
  return {
    ...row,
    stateVersion: definition.stateVersion,
    after: definition.upcast(row.after, row.stateVersion),
    events: row.events.map((event) => definition.upcastEvent(event, row.stateVersion)),
  };
}
