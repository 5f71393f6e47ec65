/**
 * A state as it stands in its key, one text that Redis hands over as it is: version (ten digits), '1' where the actor is
 * in quarantine, else '0', command id, '|', JSON. The scripts look at the first eleven characters only.
 */
import type { HotState } from './items.ts';

const VERSION = 10;
const MARK = VERSION;

export const stateText = ({ version, commandId, json, quarantined }: HotState): string =>
  `${String(version).padStart(VERSION, '0')}${quarantined ? 1 : 0}${commandId}|${json}`;

/** What is no such text is as good as nothing. */
export function readState(text: string | null | undefined): HotState | undefined {
  if (text == null) return undefined;
  const version = Number(text.slice(0, VERSION));
  const bar = text.indexOf('|', MARK);
  if (bar === -1 || !Number.isInteger(version)) return undefined;
  return {
    version,
    commandId: text.slice(MARK + 1, bar),
    json: text.slice(bar + 1),
    quarantined: text[MARK] === '1',
  };
}
