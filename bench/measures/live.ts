/**
 * What live costs: boards and orders that thousands watch, against plain Socket.IO in the same run; connections on which
 * nothing happens, clients that come back, that flood, that come and go.
 */
import type { Report } from '../_kit/report.ts';
import type { Settings } from '../_kit/settings.ts';
import { openStand } from '../_kit/stand.ts';
import { busy, quiet } from './live/board.ts';
import { boards } from './live/boards.ts';
import { churn as churning } from './live/churn.ts';
import { flood } from './live/flood.ts';
import { idle } from './live/idle.ts';
import type { Part } from './live/part.ts';
import { resume } from './live/resume.ts';
import { tracking } from './live/tracking.ts';

export const PARTS = {
  'board-busy': busy,
  'board-quiet': quiet,
  'boards-50': boards,
  tracking,
  idle,
  resume,
  flood,
  churn: churning,
} as const satisfies Readonly<Record<string, Part>>;

const NOTES = [
  'From commit to socket: from when the answer of the append, or of the peer’s statement, arrives in the process that asked, until the bytes are read by the client.',
];

const alone =
  (part: Part) =>
  async (settings: Settings): Promise<Report> => {
    const stand = await openStand(part.sites(settings));
    try {
      return { tables: await part.measure(stand, settings), notes: part === churning ? [] : NOTES };
    } finally {
      await stand.close();
    }
  };

export const churn = alone(churning);

/** Each part on a stand of its own. Throws for a name that is none. */
export function live(names: readonly string[] = []): Readonly<Record<string, (settings: Settings) => Promise<Report>>> {
  const known: Readonly<Record<string, Part>> = PARTS;
  const wanted = names.length === 0 ? Object.keys(PARTS) : names;
  return Object.fromEntries(
    wanted.map((name) => {
      const part = known[name];
      if (part === undefined)
        throw new Error(`there is no part "${name}"; there are: ${Object.keys(PARTS).join(', ')}`);
      return [`live ${name}`, alone(part)];
    }),
  );
}
