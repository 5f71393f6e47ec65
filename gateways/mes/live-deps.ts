/** What the sockets of the floor need of the machine. */
import type { SendDeps } from '../../src/identity/envelope.ts';
import type { HubOptions } from '../../src/live/board-hub.ts';
import type { Line } from '../../src/live/line.ts';
import type { NoticeWatchOptions } from '../../src/live/notice-watch.ts';
import type { Presence } from '../../src/live/presence.ts';
import type { Addressee } from '../../src/runtime/actor.ts';
import type { Boards } from '../../src/views/boards.ts';
import type { CaughtUp } from '../../src/views/caught-up.ts';
import type { SiteFigures } from '../../src/views/flow-figures.ts';
import type { FloorRestDeps } from './deps.ts';

type FromHub = Pick<HubOptions<Line>, 'cold' | 'tail' | 'frameMs' | 'coldMs' | 'away'>;

export interface FloorLiveDeps
  extends Omit<FloorRestDeps, 'listOperators' | 'boards' | 'away'>,
    Pick<SendDeps, 'putContact' | 'putNote'>,
    FromHub {
  /** Told of operators who open and close a socket. */
  readonly presence: Pick<Presence, 'came' | 'gone'>;
  /** Where persons are told what they must know at once. */
  readonly notices: {
    readonly subscriber: NoticeWatchOptions<Line>['subscriber'];
    channel(to: Addressee): string;
  };
  /** Who is at no board for longer leaves the orders held unattended, milliseconds. */
  readonly graceMs: number;
  readonly boards: Pick<Boards, 'snapshot' | 'page' | 'digest' | 'since'>;
  readonly caughtUp: Pick<CaughtUp, 'ask'>;
  /** How long orders stay in each status; never throws, asks no store each time. */
  flow(site: string): Promise<SiteFigures | undefined>;
}
