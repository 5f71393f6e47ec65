/** Whose being at a board counts: operators, at the site they work at. */
import type { Line } from '../../src/live/line.ts';
import type { Presence } from '../../src/live/presence.ts';

type At = Parameters<Presence['came']>;

export interface AttendanceList {
  came(line: Line): void;
  gone(line: Line): void;
}

export function attendanceList(presence: Pick<Presence, 'came' | 'gone'>): AttendanceList {
  // As they came: a token renewed meanwhile may say something else.
  const came = new WeakMap<Line, At>();
  return {
    came(line) {
      const { id, roles = [], site } = line.principal ?? {};
      if (id === undefined || site === undefined || !roles.includes('operator')) return;
      came.set(line, [id, site]);
      presence.came(id, site);
    },
    gone(line) {
      const at = came.get(line);
      if (came.delete(line) && at) presence.gone(...at);
    },
  };
}
