/** The id of an event of the log, wherever it is told: the same in every copy, so who hears it twice can tell. */
import type { LogRow } from '../runtime/actor.ts';
import { uuid5 } from '../uuid5.ts';

/** `n`: its place among the events of the row, from 0. */
export const eventId = ({ commandId, kind, actor }: LogRow, n: number): string =>
  uuid5(commandId, `${kind}/${actor}/${n}`);
