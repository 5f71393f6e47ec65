/** What the sockets of the floor need of the machine. */
import type { SendDeps } from '../../src/identity/envelope.ts';
import type { HubOptions } from '../../src/live/board-hub.ts';
import type { Line } from '../../src/live/line.ts';
import type { Presence } from '../../src/live/presence.ts';
import type { Boards } from '../../src/views/boards.ts';
import type { FloorRestDeps } from './deps.ts';

type FromHub = Pick<HubOptions<Line>, 'cold' | 'tail' | 'frameMs' | 'coldMs'>;

export interface FloorLiveDeps
  extends Omit<FloorRestDeps, 'listOperators' | 'boards'>,
    Pick<SendDeps, 'putContact' | 'putNote'>,
    FromHub {
  /** Told of everybody who opens and closes a socket. */
  readonly presence: Pick<Presence, 'came' | 'gone'>;
  readonly boards: Pick<Boards, 'snapshot' | 'page' | 'digest' | 'since'>;
}
